"""Key results' figures stay out of appraisals, and no service that knows scores feeds KPIs."""

from shared.http.commanding import Asking
from shared.http.tokens import IdentityRefused

KNOW_SCORES = frozenset({"goals", "insights", "appraisal"})


def closed_to_appraisal(caller: Asking) -> None:
    """Refuse the service that must read KPIs only."""
    if caller.identity == "appraisal":
        raise IdentityRefused(identity=caller.identity)


def closed_to_scores(caller: Asking) -> None:
    """Refuse services by which objectives or appraisals could come into the KPIs."""
    if caller.identity in KNOW_SCORES:
        raise IdentityRefused(identity=caller.identity)
