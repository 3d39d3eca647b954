"""One objective of the sales department's quarter, for the specifications of goals."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from services.goals.domain.cycle import (
    Cycle,
    CycleActivated,
    CycleClosed,
    CyclePlanned,
    DraftingOpened,
    GradingOpened,
)
from services.goals.domain.measure import (
    KpiBinding,
    Metric,
    Milestone,
    Milestones,
    PlanPoint,
    Rubric,
    RubricLevel,
    Threshold,
    YesNo,
)
from services.goals.domain.objective import Objective
from services.goals.domain.objective_life import Drafted, KeyResultDrafted, ObjectivePublished
from services.goals.domain.revising import Circumstances
from services.goals.domain.revision import Grounds, RevisionRules
from services.goals.domain.terms import Holder, KeyResultTerms, ObjectiveTerms
from shared.kernel.ids import id_of

CYCLE_ID = id_of("cycle", "2026-Q3")
ME, PARENT = id_of("objective", "win"), id_of("objective", "parent")
SALES, CHEN, LIN, WU = (id_of("test", n) for n in ("sales", "chen", "lin", "wu"))
CUSTOMERS, FIRST_RESPONSE, LAUNCH, CRM, CARE, ORDERS = (
    id_of("key result", n) for n in ("customers", "response", "launch", "crm", "care", "orders")
)
ORDERS_WON = KpiBinding(kpi_id=id_of("kpi", "orders"), definition_version=1, subject_id=SALES)

JULY_1, JULY_2, AUG_14, AUG_31, SEP_1, SEP_30 = (
    date(2026, 7, 1),
    date(2026, 7, 2),
    date(2026, 8, 14),
    date(2026, 8, 31),
    date(2026, 9, 1),
    date(2026, 9, 30),
)

Q3 = CyclePlanned(
    code="2026-Q3",
    kind="quarter",
    first=JULY_1,
    last=SEP_30,
    drafting_first=JULY_1,
    drafting_last=date(2026, 7, 3),
    cadence="weekly",
    mid_cycle_review=date(2026, 8, 17),
)


def cycle(*facts) -> Cycle:
    """The cycle after it was planned and these facts."""
    state = Cycle().after(Q3)
    for fact in facts:
        state = state.after(fact)
    return state


PLANNED = cycle()
DRAFTING = cycle(DraftingOpened())
RUNNING = cycle(DraftingOpened(), CycleActivated())
IN_GRADING = cycle(DraftingOpened(), CycleActivated(), GradingOpened())
CLOSED = cycle(
    DraftingOpened(), CycleActivated(), GradingOpened(), CycleClosed(closed_on=date(2026, 10, 8))
)


def key_result(key_result_id: UUID, number: int, measure, **said) -> KeyResultTerms:
    """A key result of the whole quarter that Chen answers for."""
    usual = {"responsible_id": CHEN, "start": JULY_1, "deadline": SEP_30, "title": "Key result"}
    return KeyResultTerms(
        key_result_id=key_result_id, number=number, measure=measure, **(usual | said)
    )


TERMS = ObjectiveTerms(
    cycle_id=CYCLE_ID,
    title="Win the trust of new customers",
    level="department",
    holder=Holder(kind="unit", id=SALES),
    responsible_id=CHEN,
    kind="committed",
)
PLAN = (
    PlanPoint(due=date(2026, 7, 31), value=Decimal(300)),
    PlanPoint(due=AUG_31, value=Decimal(750)),
)
KEY_RESULTS = (
    key_result(
        CUSTOMERS,
        1,
        Metric(baseline=Decimal(0), target=Decimal(1200), stretch=Decimal(1500)),
        unit="customers",
        weight=4000,
        plan=PLAN,
    ),
    key_result(
        FIRST_RESPONSE,
        2,
        Threshold(operator="at_most", upper=Decimal(3), judged="period_ratio", period="week"),
        unit="min",
    ),
    key_result(LAUNCH, 3, YesNo()),
    key_result(
        CRM,
        4,
        Milestones(
            milestones=(
                Milestone(name="chosen", due=date(2026, 7, 31)),
                Milestone(name="live", weight=3, due=SEP_30),
            )
        ),
    ),
    key_result(
        CARE,
        5,
        Rubric(
            levels=(
                RubricLevel(name="poor", value=Decimal(0)),
                RubricLevel(name="good", value=Decimal(1)),
            )
        ),
    ),
)
ORIGINALS = tuple(
    k.model_copy(update={"weight": w})
    for k, w in zip(KEY_RESULTS, (4000, 1500, 1500, 1500, 1500), strict=True)
)
DRAFT = (Drafted(terms=TERMS), *(KeyResultDrafted(terms=k) for k in KEY_RESULTS))
ORIGINAL = ObjectivePublished(published_on=JULY_2, late=False, terms=TERMS, key_results=ORIGINALS)
PUBLISHED = (*DRAFT, ORIGINAL)


def grounds(name: str = "revision", on: date = AUG_14, **said) -> Grounds:
    """Chen asks because something was learned; nobody needs to approve."""
    usual = {"reason": "the market shrank", "category": "learned", "asked_by": CHEN}
    return Grounds(revision_id=id_of("revision", name), effective_from=on, **(usual | said))


def known(today: date = AUG_14, in_cycle: Cycle = RUNNING, **said) -> Circumstances:
    """What a revision is decided on: usually nothing special."""
    usual = {"rules": RevisionRules(), "kpis": {}, "measured": frozenset()}
    return Circumstances(cycle=in_cycle, today=today, **(usual | said))


def objective(*facts) -> Objective:
    """The objective after these facts."""
    state = Objective()
    for fact in facts:
        state = state.after(fact)
    return state
