"""``docs/events.md``: every event for readers, topic by topic."""

from collections.abc import Iterator
from typing import Any

from docs.generators.catalogue import Kind, kinds_by_feed, plan

HEAD = """# Events

Written by `python -m docs.generators` from `shared/contracts` and `deploy/kafka/topics.yaml`; do
not edit. [asyncapi.yaml](asyncapi.yaml) says the same for machines; [kafka.md](kafka.md) how to
switch the topics on.

Every fact that a service records is published as exactly one event, in the order of its log, on
one topic: the feed's name behind the installation's prefix, `cairn.` unless set otherwise. They
are CloudEvents 1.0 in binary mode: the headers below, the data as JSON in the value. Events whose
audience is **own** never leave their service with data: they arrive `withheld`, with their place in
the order and an empty value. Ids only; names of people and units are asked from the directory.
Decimals are text, dates and instants ISO 8601. Contracts only grow: ignore fields you do not know.

| Header | Says |
|---|---|
| `ce_id` | `<service>:<position>`, once for ever |
| `ce_source` | `/cairn/<service>` |
| `ce_type` | the event's name below |
| `ce_subject` | the stream: the id of what it happened to |
| `ce_time` | when it was recorded; strictly rising on a topic. Business dates are in the data |
| `ce_position`, `ce_previous` | its place in the owner's log, and that of the one before it |
| `ce_version` | its number in its stream, without holes |
| `ce_actor`, `ce_onbehalfof` | who did it, and for whom |
| `ce_cause` | the event or request that led to it |
| `ce_withheld` | `true` when the data stayed at home |

A position at or before yours is a duplicate; a previous one beyond yours is a gap: ask the owner.
Once a second the owner sends `cairn.feed.heartbeat.v1`: no data, no subject; `ce_position` is the
last position on the topic, `ce_time` the instant through which the topic is complete. A topic keeps
seven days; history and repair come from the owner, `GET /feeds/<feed>?after=<position>`.
"""


def events_page() -> str:
    """The whole page."""
    parts = [HEAD]
    for feed, kinds in kinds_by_feed().items():
        if kinds:
            parts.extend(_feed(feed, kinds))
    return "\n".join(parts)


def _feed(feed: str, kinds: list[Kind]) -> Iterator[str]:
    readers = [name for name, who in plan().principals.items() if feed in who.reads]
    yield f"## {feed}\n"
    yield f"From {plan().topics[feed].owner}; read by {', '.join(readers)}.\n"
    for kind in kinds:
        yield from _kind(kind)


def _kind(kind: Kind) -> Iterator[str]:
    own = " · own" if kind.contract.audience == "own" else ""
    yield f"### `{kind.name}`{own}\n"
    yield f"{kind.says}\n"
    schema = kind.schema
    rows = list(_rows(schema, schema.get("$defs", {}), ""))
    if rows:
        yield "| Field | Type |\n|---|---|"
        yield "\n".join(rows) + "\n"


def _rows(schema: dict[str, Any], parts: dict[str, Any], path: str) -> Iterator[str]:
    """A row for each field, then for each field inside it."""
    for name, field in schema.get("properties", {}).items():
        said = field.get("description")
        yield f"| `{path}{name}` | {_type(field, parts)}{f': {_cell(said)}' if said else ''} |"
        for inner, suffix in _inside(field, parts):
            yield from _rows(inner, parts, f"{path}{name}{suffix}.")


def _inside(field: dict[str, Any], parts: dict[str, Any]) -> Iterator[tuple[dict[str, Any], str]]:
    for choice in (field, *field.get("anyOf", ()), *field.get("oneOf", ())):
        if "$ref" in choice:
            yield _part(choice, parts), ""
        elif "$ref" in choice.get("items", {}):
            yield _part(choice["items"], parts), "[]"


def _type(field: dict[str, Any], parts: dict[str, Any]) -> str:
    choices = [*field.get("anyOf", ()), *field.get("oneOf", ())]
    if choices:
        said = [_type(choice, parts) for choice in choices]
        return " or ".join(dict.fromkeys(said)).replace(" or nothing", ", or nothing")
    if "$ref" in field:
        return _type(_part(field, parts), parts)
    if "const" in field:
        return f"`{field['const']}`"
    if "enum" in field:
        return " · ".join(f"`{value}`" for value in field["enum"])
    if field.get("type") == "array":
        return f"list of {_type(field.get('items', {}), parts)}"
    return _plain(field)


def _plain(field: dict[str, Any]) -> str:
    by_format = {"uuid": "id", "date": "date", "date-time": "instant"}
    by_type = {"string": "text", "integer": "whole number", "boolean": "yes or no"}
    by_type |= {"null": "nothing", "object": "fields", "number": "number"}
    if "pattern" in field and field.get("type") == "string":
        return "decimal"
    return by_format.get(field.get("format", ""), by_type.get(field.get("type", ""), "anything"))


def _part(field: dict[str, Any], parts: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = parts[field["$ref"].rsplit("/", 1)[-1]]
    return found


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
