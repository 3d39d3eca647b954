"""Every condition on the instant in the queries of goals is needed: left out, an answer changes."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

import pytest

from services.goals.api import queries, stories
from services.goals.api.finding import OF_RESPONSIBLE
from services.goals.domain.policy import PolicyWords
from shared.contracts import kpis, objectives, organisation
from shared.contracts.objective_terms import AlignmentLink, Holder, KpiBinding, ObjectiveTerms
from shared.contracts.records import Contract
from shared.http.reading import Reading
from shared.kernel.ids import id_of
from shared.kernel.refusals import NotFound
from tests.support.forgetting import Forgetting, Pages, said_of
from tests.support.goals_quarter import (
    COMPANY,
    CUSTOMERS,
    CYCLE,
    EAST,
    FIRST,
    GROW,
    KPI,
    LAST,
    LI,
    RENEWALS,
    REPLIES,
    REVENUE,
    SALES,
    SUPPORT,
    WANG,
    at,
    key_result,
    metric,
    objective,
    quarter,
)
from tests.support.goals_tables import Told, goals_tables
from tests.support.postgres import Databases

TOP, MIDDLE, ROUGH = (id_of("objective", name) for name in ("top", "middle", "rough"))
KEPT, TAKEN_OUT, BY_LATE_KPI = (id_of("key_result", n) for n in ("kept", "taken out", "late kpi"))
LATE_KPI = id_of("kpi", "defined late")
UPWARDS = AlignmentLink(objective_id=TOP, mode="contributes")
TO_MIDDLE = AlignmentLink(objective_id=MIDDLE, mode="contributes")
TO_GROW = AlignmentLink(objective_id=GROW, key_result_id=CUSTOMERS, mode="contributes")
# It only narrows down which objectives are loaded; what they were then is decided by the load.
NEEDLESS = {said_of((OF_RESPONSIBLE, 0))}
Says = tuple[Told, UUID, Contract]


def published(terms: ObjectiveTerms) -> objectives.ObjectivePublished:
    """An objective without key results, open to all."""
    return objectives.ObjectivePublished(
        published_on=FIRST, late=False, terms=terms, key_results=()
    )


class Autumn:
    """The quarter, and what happens after it: a draft's life, and nearly everything changed."""

    def __init__(self) -> None:
        self.organisation, self.objectives, self.measurements, self.kpis = quarter()

    @property
    def feeds(self) -> list[Told]:
        """All four feeds."""
        return [self.organisation, self.objectives, self.measurements, self.kpis]

    def live(self) -> list[datetime]:
        """Let it happen, and name an instant after each step, the last ones before the first."""
        instants = []
        for day, step in enumerate((self._draft, self._align, self._redraft, self._part), 1):
            instants.append(self._take(at(10, day), step()))
        for day, step in enumerate((self._rule, self._leave, self._reorganise), 5):
            instants.append(self._take(at(10, day), step()))
        return [*reversed(instants), at(8, 2, 23), at(6, 15)]

    def _take(self, instant: datetime, says: Iterator[Says]) -> datetime:
        for feed, stream, one in says:
            instant += timedelta(hours=1)
            feed.say(stream, one, instant)
        return instant

    def _draft(self) -> Iterator[Says]:
        told = self.objectives
        top = objective("The top", progress_source="children", level="company")
        yield told, TOP, objectives.Drafted(terms=top)
        held = {"holder": Holder(kind="person", id=LI), "responsible_id": LI, "level": "person"}
        yield told, ROUGH, objectives.Drafted(terms=objective("Rough", **held))
        bound = KpiBinding(kpi_id=LATE_KPI, definition_version=1, subject_id=SALES)
        for terms in (
            key_result(KEPT, 1, "Kept", metric(0, 10)),
            key_result(TAKEN_OUT, 2, "Taken out", metric(0, 10)),
            key_result(BY_LATE_KPI, 3, "By a KPI", metric(0, 1_000), kpi=bound),
        ):
            yield told, ROUGH, objectives.KeyResultDrafted(terms=terms)

    def _align(self) -> Iterator[Says]:
        held = {"holder": Holder(kind="person", id=WANG), "responsible_id": WANG}
        terms = objective("The middle", level="person", progress_source="children", **held)
        yield self.objectives, MIDDLE, published(terms)
        yield self.objectives, MIDDLE, objectives.Aligned(link=UPWARDS)
        yield self.objectives, SUPPORT, objectives.Aligned(link=TO_MIDDLE)
        figure = kpis.Measured(
            kpi_id=LATE_KPI,
            subject=kpis.Subject(kind="unit", id=SALES),
            entry_id=id_of("figure", "late"),
            value=500,
            period="2026-08",
            observed_on=date(2026, 8, 28),
            origin="system",
            source="erp",
        )
        yield self.kpis, id_of("kpi_ledger", LATE_KPI), figure

    def _redraft(self) -> Iterator[Says]:
        to_wang = {"holder": Holder(kind="person", id=WANG), "responsible_id": WANG}
        smooth = objective("Smooth", level="person", **to_wang)
        yield self.objectives, ROUGH, objectives.Redrafted(terms=smooth)
        yield self.objectives, ROUGH, objectives.KeyResultDiscarded(key_result_id=TAKEN_OUT)
        revenue = next(one.data for one in self.kpis.records if one.stream == KPI)
        yield self.kpis, LATE_KPI, revenue.model_copy(update={"code": "late"})

    def _part(self) -> Iterator[Says]:
        for stream, link in ((SUPPORT, TO_MIDDLE), (SUPPORT, TO_GROW), (MIDDLE, UPWARDS)):
            yield self.objectives, stream, objectives.AlignmentEnded(link=link)
        top = objective("On top", level="company")
        yield self.objectives, TOP, published(top)

    def _rule(self) -> Iterator[Says]:
        words = PolicyWords(effective_from=FIRST, status_policy="ratio").model_dump()
        yield self.objectives, id_of("policy"), objectives.PolicyAdopted(version=1, **words)
        months = [("2026-07", 1, 7), ("2026-08", 8, 8), ("2026-09", 9, 9)]
        periods = tuple(
            organisation.CalendarPeriod(
                code=code, kind="month", first=date(2026, first, 1), last=date(2026, last, 26)
            )
            for code, first, last in months[1:]
        )
        yield self.organisation, id_of("calendar"), organisation.PeriodsDefined(periods=periods)
        holidays = tuple(
            organisation.CalendarDay(day=FIRST + timedelta(days=n), kind="day_off")
            for n in range(92)
        )
        yield self.organisation, id_of("calendar"), organisation.DaysMarked(days=holidays)

    def _leave(self) -> Iterator[Says]:
        ended = organisation.PostEnded(unit_id=EAST, last_day=date(2026, 8, 31))
        yield self.organisation, WANG, ended

    def _reorganise(self) -> Iterator[Says]:
        moved = organisation.UnitMoved(parent_id=COMPANY, effective_from=FIRST)
        yield self.organisation, EAST, moved


def pages() -> list[Callable[[Reading], Any]]:
    """Everything that readers can ask."""
    lists: list[Callable[[Reading], Any]] = [
        queries.objectives,
        partial(queries.objectives, unit=SALES),
        partial(queries.objectives, holder=LI),
        queries.cycles,
        partial(stories.cycle_story, cycle_id=CYCLE),
        partial(queries.key_results, responsible=LI),
    ]
    of_objectives = (queries.objective, queries.alignment, stories.objective_story)
    of_key_results = (queries.key_result, stories.key_result_story)
    some = (TOP, MIDDLE, ROUGH, GROW, SUPPORT)
    others = (CUSTOMERS, REPLIES, REVENUE, RENEWALS, KEPT, TAKEN_OUT, BY_LATE_KPI)
    return [
        *lists,
        *(partial(page, objective_id=one) for page in of_objectives for one in some),
        *(partial(page, key_result_id=one) for page in of_key_results for one in others),
    ]


def told(page: Callable[[Reading], dict[str, Any]], reading: Reading) -> Any:
    """An answer on the last day of the quarter, without the instant it was asked for."""
    try:
        answer = page(reading)
    except NotFound:
        return "not found"
    return {name: value for name, value in answer.items() if name != "as_of"}


def test_each_condition_on_the_instant_is_needed(
    module_databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    autumn, asked = Autumn(), pages()
    instants, replayed = autumn.live(), {}
    with goals_tables(module_databases) as tables:
        for instant in instants:
            tables.feed([feed.until(instant) for feed in autumn.feeds])
            reading = tables.reading(LAST)
            replayed[instant] = [told(page, reading) for page in asked]
        tables.feed(autumn.feeds)

        def ask(number: int, instant: datetime) -> Any:
            return told(asked[number], tables.reading(LAST, as_of=instant))

        forgetting = Forgetting(Pages(ask, replayed))
        forgetting.listen(monkeypatch, Reading, "rows")
        forgetting.listens_while_as_of_is_replay()
        assert forgetting.never_heard("services/goals/api") == []
        assert forgetting.needless() == NEEDLESS
