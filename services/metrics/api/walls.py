"""Key results' figures stay out of appraisals: its identity is refused, whoever it asks for."""

from shared.http.commanding import Asking
from shared.http.tokens import IdentityRefused


def closed_to_appraisal(caller: Asking) -> None:
    """Refuse the service that must read KPIs only."""
    if caller.identity == "appraisal":
        raise IdentityRefused(identity=caller.identity)
