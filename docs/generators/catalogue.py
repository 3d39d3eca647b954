"""Every contract, with the feed it travels on, as the pages about events need them."""

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shared.contracts
from shared.contracts.records import Contract
from shared.eventing.kafka_topics import TopicPlan, read_plan

ROOT = Path(__file__).parents[2]
PLAN = ROOT / "deploy" / "kafka" / "topics.yaml"


@dataclass(frozen=True)
class Kind:
    """One kind of event: its contract, what it means, and its fields as a JSON schema."""

    contract: type[Contract]

    @property
    def name(self) -> str:
        """The public name, which is the event's type."""
        return self.contract.record_name

    @property
    def says(self) -> str:
        """What it means, on one line."""
        return " ".join((self.contract.__doc__ or "").split())

    @property
    def schema(self) -> dict[str, Any]:
        """The data's fields; decimals travel as text."""
        return self.contract.model_json_schema(mode="serialization")


def kinds_by_feed() -> dict[str, list[Kind]]:
    """The kinds of events of every planned feed, by name."""
    found: dict[str, list[Kind]] = {feed: [] for feed in plan().topics}
    for feed, contract in _contracts():
        found[feed].append(Kind(contract))
    return {feed: sorted(kinds, key=lambda kind: kind.name) for feed, kinds in found.items()}


def plan() -> TopicPlan:
    """The topics with their owners and readers."""
    return read_plan(PLAN)


def _contracts() -> Iterator[tuple[str, type[Contract]]]:
    for module in pkgutil.iter_modules(shared.contracts.__path__):
        loaded = importlib.import_module(f"shared.contracts.{module.name}")
        for value in vars(loaded).values():
            if _is_declared_in(value, loaded.__name__):
                yield loaded.FEED, value


def _is_declared_in(value: object, module: str) -> bool:
    is_contract = (
        isinstance(value, type) and issubclass(value, Contract) and bool(value.record_name)
    )
    return is_contract and value.__module__ == module
