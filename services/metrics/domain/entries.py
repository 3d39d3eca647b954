"""The entries of a KPI ledger, found by id, by what their source calls them, or by period."""

from dataclasses import dataclass, field, replace
from uuid import UUID

from services.metrics.domain.errors import EntryIsUnknown
from services.metrics.domain.figure import Figure, Said
from services.metrics.domain.known import Known


@dataclass(frozen=True)
class Entry:
    """An entry: what it says now, all it ever said, and whether it counts."""

    said: Said
    history: tuple[Said, ...]
    withdrawn: bool = False


@dataclass(frozen=True)
class Entries:
    """All entries of a ledger; ``standing`` is what a source said last of a period."""

    by_id: Known[UUID, Entry] = field(default_factory=Known)
    external: Known[tuple[str, str], UUID] = field(default_factory=Known)
    standing: Known[tuple[str, str], UUID] = field(default_factory=Known)
    corrections: Known[UUID, UUID] = field(default_factory=Known)

    def named(self, entry_id: UUID) -> Entry:
        """The entry with this id; refused when the ledger has none."""
        entry = self.by_id.get(entry_id)
        if entry is None:
            raise EntryIsUnknown(field="entry_id")
        return entry

    def known_as(self, entry_id: UUID, figure: Figure) -> UUID | None:
        """The entry that this figure is, by its id or by what its source calls it."""
        if entry_id in self.by_id:
            return entry_id
        if figure.external_id is None:
            return None
        return self.external.get((figure.source, figure.external_id))

    def stands_already(self, figure: Figure) -> bool:
        """Whether its source said exactly this last of this period."""
        last = self.standing.get((figure.said.period, figure.source))
        entry = self.by_id.get(last) if last else None
        return entry is not None and not entry.withdrawn and entry.said == figure.said

    def measured(
        self, entry_id: UUID, said: Said, source: str, external_id: str | None
    ) -> "Entries":
        """The entries with one more."""
        external = self.external
        if external_id:
            external = external.knowing((source, external_id), entry_id)
        return replace(
            self,
            by_id=self.by_id.knowing(entry_id, Entry(said, (said,))),
            external=external,
            standing=self.standing.knowing((said.period, source), entry_id),
        )

    def corrected(self, entry_id: UUID, correction_id: UUID, said: Said) -> "Entries":
        """The entries, one of which says something else now."""
        entry, seen = self.by_id.get(entry_id), self.corrections.knowing(correction_id, entry_id)
        if entry is None:
            return replace(self, corrections=seen)
        now = replace(entry, said=said, history=(*entry.history, said))
        return replace(self, corrections=seen, by_id=self.by_id.knowing(entry_id, now))

    def withdrawn(self, entry_id: UUID) -> "Entries":
        """The entries, one of which counts no longer."""
        entry = self.by_id.get(entry_id)
        if entry is None:
            return self
        gone = replace(entry, withdrawn=True)
        return replace(self, by_id=self.by_id.knowing(entry_id, gone))
