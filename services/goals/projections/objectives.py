"""The tables of cycles, policies, objectives and key results, out of the own feed."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from services.goals.projections import cycles, lives, revisions
from shared.contracts import objectives as told
from shared.contracts.records import Contract
from shared.eventing.families import Family, catalogue
from shared.eventing.feeds import Known
from shared.eventing.tables import Tables

Show = Callable[[Tables, Known, Any], None]

SHOWN: Mapping[type[Contract], Show] = {**cycles.SHOWN, **lives.SHOWN, **revisions.SHOWN}


def project(tables: Tables, records: Sequence[Known]) -> None:
    """Write what these records change, and keep each of them for the story."""
    for known in records:
        if known.data is None:
            continue
        SHOWN[type(known.data)](tables, known, known.data)
        _keep(tables, known, known.data)


def _keep(tables: Tables, known: Known, says: Contract) -> None:
    body = says.model_dump(mode="json")
    tables.insert(
        "happenings",
        {
            "stream": known.stream,
            "key_result_id": _key_result_of(body),
            "position": known.position,
            "version": known.version,
            "recorded_at": known.recorded_at,
            "name": known.name,
            "actor": known.actor,
            "on_behalf_of": known.on_behalf_of,
            "says": body,
        },
    )


def _key_result_of(body: Mapping[str, Any]) -> str | None:
    terms = body.get("terms") or {}
    return body.get("key_result_id") or terms.get("key_result_id")


FAMILY = Family(
    name="objectives",
    feed=told.FEED,
    ddl=Path(__file__).with_name("objectives.sql"),
    project=project,
    contracts=catalogue(*SHOWN),
)
