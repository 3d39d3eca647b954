"""What metrics does about commitments and baselines: load, ask, save."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar
from uuid import UUID

from services.metrics.application.commands import (
    AgreeToCommitments,
    CorrectBaselines,
    DisputeCommitments,
    OfferCommitments,
    Rebaseline,
    ReviseCommitments,
    SetBaselines,
    SuspendCommitments,
)
from services.metrics.application.entries import (
    BaselineEntry,
    EvidenceEntry,
    OnCommitment,
    RevisionEntry,
    TermsEntry,
)
from services.metrics.application.on_subjects import Known, know, subject_of
from services.metrics.application.placed import placed
from services.metrics.application.premises import Premises
from services.metrics.application.rights import OfFigures
from services.metrics.domain.baseline import Baseline, Evidence
from services.metrics.domain.commitment import Commitment, Revision
from services.metrics.domain.subjects import About
from services.metrics.domain.terms import Terms
from shared.eventing.asking import Answer, Asked
from shared.eventing.journal import Journal, Work
from shared.kernel.clock import Clock
from shared.kernel.facts import Fact
from shared.kernel.ids import id_of
from shared.kernel.periods import Period

E = TypeVar("E", bound=OnCommitment)
Request = Callable[[Known, E, int], Callable[[Commitment], Iterable[Fact]]]


def commitment_of(kpi_id: UUID, subject_id: UUID, period: str) -> UUID:
    """The stream of a commitment."""
    return id_of("commitment", kpi_id, subject_id, period)


class Commitments:
    """One method per command about commitments; of each list all entries are done or none."""

    def __init__(self, journal: Journal, premises: Premises, clock: Clock) -> None:
        self._journal, self._premises, self._clock = journal, premises, clock

    def set_baselines(self, asked: Asked, command: SetBaselines) -> Answer:
        """Baselines are fixed, once."""

        def ask(known: Known, one: BaselineEntry, _: int) -> Callable[[Commitment], Iterable[Fact]]:
            about, value = _about(known, one), _baseline(known, one)
            return lambda commitment: commitment.set_baseline(about, value, known.voice(one))

        return self._each(asked, "baselines", command.baselines, ask)

    def correct_baselines(self, asked: Asked, command: CorrectBaselines) -> Answer:
        """Baselines that were wrong say something else; the first ones stay the originals."""
        return self._each(
            asked,
            "corrections",
            command.corrections,
            lambda known, one, _: (
                lambda commitment: commitment.correct_baseline(
                    one.value, one.reason, _evidence(one.evidence), known.voice(one)
                )
            ),
        )

    def rebaseline(self, asked: Asked, command: Rebaseline) -> Answer:
        """Baselines are taken anew from another period."""
        return self._each(
            asked,
            "baselines",
            command.baselines,
            lambda known, one, _: (
                lambda commitment: commitment.rebaseline(
                    _baseline(known, one), one.reason, known.voice(one)
                )
            ),
        )

    def offer_commitments(self, asked: Asked, command: OfferCommitments) -> Answer:
        """First terms are put to subjects."""
        return self._each(
            asked,
            "offers",
            command.offers,
            lambda known, one, _: (
                lambda commitment: commitment.offer(
                    _about(known, one),
                    known.kpi(one.kpi_id).number,
                    known.definition(one.kpi_id).direction,
                    _terms(one.terms),
                    known.voice(one),
                )
            ),
        )

    def revise_commitments(self, asked: Asked, command: ReviseCommitments) -> Answer:
        """New terms are put to subjects; the old ones hold until the new ones are agreed."""
        return self._each(
            asked,
            "revisions",
            command.revisions,
            lambda known, one, n: (
                lambda commitment: commitment.revise(
                    _about(known, one),
                    known.definition(one.kpi_id).direction,
                    _revision(known, one, n),
                    known.voice(one),
                    known.today,
                )
            ),
        )

    def agree_to_commitments(self, asked: Asked, command: AgreeToCommitments) -> Answer:
        """Subjects stand by the terms that were put last."""
        return self._each(
            asked,
            "commitments",
            command.commitments,
            lambda known, one, _: lambda commitment: commitment.agree(known.voice(one)),
        )

    def dispute_commitments(self, asked: Asked, command: DisputeCommitments) -> Answer:
        """Subjects do not accept the terms that were put last."""
        return self._each(
            asked,
            "disputes",
            command.disputes,
            lambda known, one, _: (
                lambda commitment: commitment.dispute(one.reason, known.voice(one))
            ),
        )

    def suspend_commitments(self, asked: Asked, command: SuspendCommitments) -> Answer:
        """Days are taken out of coverage, streak and target."""
        return self._each(
            asked,
            "suspensions",
            command.suspensions,
            lambda known, one, _: (
                lambda commitment: commitment.suspend(
                    _about(known, one),
                    Period(first=one.first, last=one.last),
                    one.reason,
                    known.voice(one),
                )
            ),
        )

    def _each(self, asked: Asked, items: str, entries: Sequence[E], request: Request[E]) -> Answer:
        """Ask every entry's commitment what the entry asks; one append for all."""

        def decide(work: Work) -> None:
            known = know(self._premises, self._clock, work, entries)
            work.load_many(Commitment, [_stream(one) for one in entries])
            for n, one in enumerate(entries):
                with placed(items, n):
                    owner = known.definition(one.kpi_id).owner_id
                    about = OfFigures(subject_of(one), owner, place=f"{items}[{n}]")
                    work.concern(_stream(one), about)
                    work.change(
                        Commitment,
                        _stream(one),
                        request(known, one, n),
                        expected=one.expected_version,
                    )

        return self._journal.decide(asked, decide)


def _stream(one: OnCommitment) -> UUID:
    return commitment_of(one.kpi_id, one.subject.id, one.period)


def _about(known: Known, one: OnCommitment) -> About:
    period = known.calendar.named(one.period)
    return About(kpi_id=one.kpi_id, subject=subject_of(one), period=period)


def _baseline(known: Known, one: BaselineEntry) -> Baseline:
    return Baseline(
        value=one.value,
        taken_from=known.calendar.named(one.taken_from, "taken_from"),
        method=one.method,
        evidence=_evidence(one.evidence),
    )


def _terms(said: TermsEntry) -> Terms:
    return Terms.model_validate(said.model_dump())


def _revision(known: Known, one: RevisionEntry, n: int) -> Revision:
    return Revision(
        revision_id=one.revision_id or id_of("revision", known.work.asked.request_id, n),
        terms=_terms(one.terms),
        effective_from=one.effective_from or known.today,
        reason=one.reason,
        category=one.category,
    )


def _evidence(said: EvidenceEntry | None) -> Evidence | None:
    return Evidence(link=said.link, sha256=said.sha256) if said else None
