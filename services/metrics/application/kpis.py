"""What metrics does when KPIs are defined: load, ask, save."""

from collections.abc import Iterator
from functools import partial
from uuid import UUID

from services.metrics.application.commands import DefineKpis, RedefineKpi
from services.metrics.application.entries import KpiEntry
from services.metrics.application.placed import placed
from services.metrics.application.premises import Premises
from services.metrics.domain.errors import ComponentsDoNotFit
from services.metrics.domain.kpi import Definition, Kpi
from services.metrics.domain.subjects import Voice
from shared.eventing.asking import Answer, Asked
from shared.eventing.journal import Journal, Work
from shared.kernel.clock import Clock
from shared.kernel.facts import Fact
from shared.kernel.ids import id_of


def kpi_of(code: str) -> UUID:
    """The stream of the KPI with this code."""
    return id_of("kpi", code)


class Kpis:
    """One method per command about definitions."""

    def __init__(self, journal: Journal, premises: Premises, clock: Clock) -> None:
        self._journal, self._premises, self._clock = journal, premises, clock

    def define_kpis(self, asked: Asked, command: DefineKpis) -> Answer:
        """Every KPI is defined, or none is; components may be in the same command, before."""

        def decide(work: Work) -> None:
            by = self._voice(work)
            _load(work, command.definitions)
            for n, entry in enumerate(command.definitions):
                with placed("definitions", n):
                    definition = _definition(work, entry)
                    work.change(Kpi, kpi_of(entry.code), partial(_define, definition, by))

        return self._journal.decide(asked, decide)

    def redefine_kpi(self, asked: Asked, command: RedefineKpi) -> Answer:
        """The KPI has a further version from a day on."""

        def decide(work: Work) -> None:
            by = self._voice(work)
            _load(work, (command.definition,))
            with placed("definition"):
                definition = _definition(work, command.definition)
                work.change(
                    Kpi,
                    kpi_of(definition.code),
                    lambda kpi: kpi.redefine(
                        definition,
                        command.effective_from or self._clock.today(),
                        command.reason,
                        by,
                    ),
                    expected=command.expected_version,
                )

        return self._journal.decide(asked, decide)

    def _voice(self, work: Work) -> Voice:
        for feed, position in self._premises.positions().items():
            work.on_premise(feed, position)
        return self._premises.voices(work.asked.actor, (), self._clock.today()).at_large


def _define(definition: Definition, by: Voice, kpi: Kpi) -> Iterator[Fact]:
    return kpi.define(definition, by)


def _load(work: Work, entries: tuple[KpiEntry, ...]) -> None:
    codes = {code for e in entries for code in (e.code, e.numerator, e.denominator) if code}
    work.load_many(Kpi, [kpi_of(code) for code in codes])


def _definition(work: Work, entry: KpiEntry) -> Definition:
    """The entry as a definition; its components must be summed KPIs that are known."""
    for field in ("numerator", "denominator"):
        code = getattr(entry, field)
        component = work.load(Kpi, kpi_of(code)).definition if code else None
        if code and (component is None or component.over_time != "sum"):
            raise ComponentsDoNotFit(field=field)
    said = entry.model_dump(exclude={"numerator", "denominator"})
    return Definition(
        **said,
        numerator_id=kpi_of(entry.numerator) if entry.numerator else None,
        denominator_id=kpi_of(entry.denominator) if entry.denominator else None,
    )
