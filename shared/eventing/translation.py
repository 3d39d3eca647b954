"""Facts become published records: one fact, one record."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from shared.contracts.records import Contract
from shared.eventing.mapper import decode, envelope_of, split
from shared.kernel.facts import Fact, fact_named


@dataclass(frozen=True, slots=True)
class Entry:
    """On which feed a kind of fact is published, and as what."""

    fact: type[Fact]
    contract: type[Contract]
    feed: str
    by: Callable[[Any], Contract] | None = None


def published(
    fact: type[Fact],
    contract: type[Contract],
    feed: str,
    by: Callable[[Any], Contract] | None = None,
) -> Entry:
    """Publish this kind of fact as this contract; without ``by`` their fields have the same
    names.
    """
    return Entry(fact, contract, feed, by)


class UntranslatedFact(LookupError):
    """A kind of fact that no entry publishes: a defect of the service's translation."""


class Translation:
    """The one bilingual page of a service, looked up by stored name."""

    def __init__(self, *entries: Entry) -> None:
        self.entries = entries
        self._by_name = {entry.fact.stored_name: entry for entry in entries}
        if len(self._by_name) != len(entries):
            raise ValueError("a fact is translated twice")

    def feed_of(self, fact: type[Fact]) -> str:
        """The feed on which facts of this kind are published."""
        return self._entry(fact.stored_name).feed

    @property
    def feeds(self) -> list[str]:
        """Every feed of this log, sorted."""
        return sorted({entry.feed for entry in self.entries})

    @property
    def contracts(self) -> dict[str, type[Contract]]:
        """Every contract by its public name."""
        return {entry.contract.record_name: entry.contract for entry in self.entries}

    def contract_of(self, name: str, state: bytes) -> Contract:
        """The published form of a stored fact."""
        head, body = split(state)
        return self.published(name, envelope_of(head)[1], state, body)

    def published(self, name: str, schema: int, state: bytes, body: bytes) -> Contract:
        """The published form of a stored fact whose envelope line was read already.

        Same field names and today's schema: read straight from the stored bytes.
        """
        entry = self._entry(name)
        if entry.by is None and schema == entry.fact.schema_version:
            # the class method of the same purpose costs a third more
            read: Contract = entry.contract.__pydantic_validator__.validate_json(body)
            return read
        fact, _ = decode(name, state)
        if entry.by is not None:
            return entry.by(fact)
        return entry.contract.model_validate(fact.model_dump())

    def _entry(self, name: str) -> Entry:
        try:
            return self._by_name[name]
        except KeyError:
            raise UntranslatedFact(f"{name} ({fact_named(name).__doc__})") from None
