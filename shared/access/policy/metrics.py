"""Who may say and see what about figures: of key results, and of KPIs and their commitments.

Parts of a thing: ``subject``, whose figures these are, a person or a unit; ``owner`` of the KPI;
``responsible`` for the key result; for what is seen, the parts of an objective as in ``goals``.
Marks: ``kind`` of the subject; ``by``, which is ``system`` where a connected system reports and
``hand`` for what somebody types, decides or brings.
"""

from collections.abc import Mapping

from shared.access.grounds import (
    Above,
    AnyService,
    Both,
    Ground,
    Heads,
    Holds,
    Is,
    Leads,
    Marked,
    Touches,
)
from shared.access.policy.common import (
    CONSOLE,
    FOLLOW_FEEDS,
    SEE_SECURITY_LOG,
    SEE_WHAT_IS_PERSONAL,
    open_to_all,
)
from shared.access.policy.goals import SEEING
from shared.access.refusals import ObjectiveIsPrivate
from shared.access.refusals_of_figures import (
    NotAKpiKeeper,
    NotAskedToCheckIn,
    NotTheSubject,
    NotYourFigures,
    OwnFigures,
)
from shared.access.rules import Action, Bar, Policy

SYSTEMS: Mapping[str, Ground] = {"service": AnyService(), "console": CONSOLE}
KEEPERS = ("hr", "executive", "admin")
KPI_KEEPERS: Mapping[str, Ground] = {"keeper": Holds(KEEPERS), **SYSTEMS}
ANSWERING: Mapping[str, Ground] = {
    "owner": Is("owner"),
    "above": Above("subject"),
    "head-above": Both((Marked("kind", ("unit",)), Leads("subject", by=("head",)))),
    "keeper": Holds(KEEPERS, "subject"),
    **SYSTEMS,
}
THE_SUBJECT: Mapping[str, Ground] = {
    "subject": Is("subject"),
    "head": Heads("subject"),
    **SYSTEMS,
}
CHECKING_IN: Mapping[str, Ground] = {
    "responsible": Is("responsible"),
    "above": Above("responsible"),
    "champion": Leads("responsible", by=("champion",)),
    **SYSTEMS,
}
BY_HAND, OF_A_UNIT = Marked("by", ("hand",)), Marked("kind", ("unit",))
# Nobody types, seals or sets the target of what they are the subject of; nor does who stands in.
SEGREGATION = (
    Bar(Both((BY_HAND, Touches("subject"))), OwnFigures),
    Bar(Both((BY_HAND, OF_A_UNIT, Heads("subject"))), OwnFigures),
)


def _kpis(name: str) -> Action:
    return Action(name, KPI_KEEPERS, NotAKpiKeeper)


def _figures(name: str) -> Action:
    return Action(name, ANSWERING, NotYourFigures, SEGREGATION)


# A promise is one's own: nobody gives it in another's place.
def _promise(name: str) -> Action:
    return Action(name, THE_SUBJECT, NotTheSubject, in_person=True)


def _check_in(name: str) -> Action:
    return Action(name, CHECKING_IN, NotAskedToCheckIn)


POLICY = Policy(
    _kpis("define-kpis"),
    _kpis("redefine-kpi"),
    _figures("set-baselines"),
    _figures("correct-baselines"),
    _figures("rebaseline"),
    _figures("offer-commitments"),
    _figures("revise-commitments"),
    _figures("suspend-commitments"),
    _promise("agree-to-commitments"),
    _promise("dispute-commitments"),
    _figures("record-measurements"),
    _figures("correct-measurements"),
    _figures("withdraw-measurements"),
    _figures("seal-periods"),
    _check_in("check-in"),
    _check_in("correct-check-ins"),
    _check_in("withdraw-check-ins"),
    open_to_all(
        "see-kpis",
        "GET /kpis",
        "GET /kpis/{kpi_id}",
        "GET /kpis/{kpi_id}/story",
        "GET /kpi-board",
        "GET /commitments",
    ),
    Action(
        "see-check-ins",
        SEEING,
        ObjectiveIsPrivate,
        routes=[
            "GET /key-results/{key_result_id}/check-ins",
            "GET /key-results/{key_result_id}/story",
        ],
        place=("holder",),
    ),
    FOLLOW_FEEDS,
    SEE_SECURITY_LOG,
    SEE_WHAT_IS_PERSONAL,
    place=("subject", "responsible"),
)
