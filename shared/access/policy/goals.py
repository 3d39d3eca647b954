"""Who may do and see what about cycles, objectives and key results.

Parts of a thing: ``holder`` (a person or unit), ``responsible`` (for the objective),
``key_result`` (the responsible of the key result at hand), ``asker`` (of a revision),
``involved`` (all responsibles), ``unit`` (the unit a command names).
Marks: ``openness``, which is ``open`` once a public objective is published, else ``closed``;
``stage`` of what stood before, ``new`` for what did not.
"""

from collections.abc import Mapping

from shared.access.grounds import (
    Above,
    Anyone,
    AnyService,
    Both,
    Ground,
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
from shared.access.refusals import (
    ApproverTooLow,
    NotHoldersObjective,
    NotYourObjective,
    ObjectiveIsPrivate,
    OnlyCycleKeepers,
    OnlyLeadsAnswer,
)
from shared.access.refusals_of_delegates import AskedForByTheApprover
from shared.access.rules import Action, Bar, Policy
from shared.access.standing_in import InPerson

CYCLE_KEEPERS: Mapping[str, Ground] = {
    "keeper": Holds(("admin", "hr", "executive")),
    "console": CONSOLE,
}
HOLDERS: Mapping[str, Ground] = {
    "holder": Is("holder"),
    "above": Above("holder"),
    "lead": Leads("holder"),
    "keeper": Holds(("admin", "executive"), "holder"),
    "console": CONSOLE,
}
ANSWERING: Mapping[str, Ground] = {
    **HOLDERS,
    "responsible": Is("responsible"),
    "above-responsible": Above("responsible"),
}
REVISING: Mapping[str, Ground] = {
    **ANSWERING,
    "key-result": Is("key_result"),
    "above-key-result": Above("key_result"),
}
SEEING: Mapping[str, Ground] = {
    "open": Marked("openness", ("open",)),
    "involved": Is("involved"),
    "holder": Is("holder"),
    "above": Above("involved"),
    "above-holder": Above("holder"),
    "lead": Leads("holder"),
    "keeper": Holds(("admin", "hr", "executive", "auditor"), "holder"),
    "service": AnyService(),
    "console": CONSOLE,
}


def _cycles(name: str) -> Action:
    return Action(name, CYCLE_KEEPERS, OnlyCycleKeepers)


def _objective(name: str) -> Action:
    return Action(name, ANSWERING, NotYourObjective)


POLICY = Policy(
    _cycles("plan-cycles"),
    _cycles("open-drafting"),
    _cycles("activate-cycles"),
    _cycles("open-grading"),
    _cycles("reopen-grading"),
    _cycles("close-cycles"),
    Action(
        "choose-cadence",
        {**CYCLE_KEEPERS, "lead": Leads("unit")},
        OnlyCycleKeepers,
    ),
    _cycles("move-drafting-window"),
    _cycles("move-mid-cycle-review"),
    _cycles("adopt-policy"),
    Action("suggest-objectives", {"anyone": Anyone(), "console": CONSOLE}, NotYourObjective),
    Action("accept-suggestion", HOLDERS, OnlyLeadsAnswer),
    Action("decline-suggestion", HOLDERS, OnlyLeadsAnswer),
    Action(
        "draft-objectives",
        {**HOLDERS, "responsible": Both((Marked("stage", ("draft",)), Is("responsible")))},
        NotHoldersObjective,
    ),
    _objective("publish-objectives"),
    Action("revise-objectives", REVISING, NotYourObjective),
    Action(
        "approve-revisions",
        {
            "above-asker": Above("asker"),
            "lead": Leads("holder"),
            "keeper": Holds(("admin", "executive"), "holder"),
            "console": CONSOLE,
        },
        ApproverTooLow,
        [Bar(Both((Touches("asker"), InPerson())), AskedForByTheApprover)],
        within="revise-objectives",
    ),
    _objective("align-objectives"),
    _objective("end-alignments"),
    _objective("close-objectives"),
    _objective("rescore-objective"),
    _objective("write-post-mortem"),
    _objective("postpone-objectives"),
    _objective("cancel-objectives"),
    _objective("carry-over-objective"),
    open_to_all("see-cycles", "GET /cycles", "GET /cycles/{cycle_id}/story"),
    Action(
        "see-objectives",
        SEEING,
        ObjectiveIsPrivate,
        routes=[
            "GET /objectives",
            "GET /objectives/{objective_id}",
            "GET /objectives/{objective_id}/alignment",
            "GET /objectives/{objective_id}/story",
            "GET /key-results",
            "GET /key-results/{key_result_id}",
            "GET /key-results/{key_result_id}/story",
        ],
    ),
    FOLLOW_FEEDS,
    SEE_SECURITY_LOG,
    SEE_WHAT_IS_PERSONAL,
    place=("holder", "unit"),
)
