"""``docs/asyncapi.yaml``: the topics as an AsyncAPI 3 document."""

from typing import Any

import yaml

from docs.generators.catalogue import Kind, kinds_by_feed, plan
from shared.eventing.cloudevents_binary import HEARTBEAT

HEAD = "# Written by python -m docs.generators; do not edit.\n"
TEXT = {"type": "string"}
INSTANT = {"type": "string", "format": "date-time"}
DIGITS = {"type": "string", "pattern": r"^\d+$"}
DAY_MS = 86_400_000


def asyncapi_page() -> str:
    """The whole document."""
    return HEAD + yaml.safe_dump(document(), sort_keys=False, allow_unicode=True, width=100)


def document() -> dict[str, Any]:
    """The document as plain data: a channel and a sending operation for each topic."""
    feeds = {feed: kinds for feed, kinds in kinds_by_feed().items() if kinds}
    messages = {kind.name: _message(kind) for kinds in feeds.values() for kind in kinds}
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Cairn",
            "version": "1",
            "description": "What the services of an installation publish, as CloudEvents 1.0.",
        },
        "defaultContentType": "application/json",
        "servers": {"kafka": _server()},
        "channels": {feed: _channel(feed, kinds) for feed, kinds in feeds.items()},
        "operations": {f"publish_{feed}": _operation(feed) for feed in feeds},
        "components": {
            "messages": messages | {HEARTBEAT: _heartbeat()},
            "messageTraits": {"record": {"headers": _headers()}},
        },
    }


def _server() -> dict[str, Any]:
    return {
        "host": "{bootstrap}",
        "protocol": "kafka-secure",
        "variables": {"bootstrap": {"default": "localhost:9092"}},
        "security": [{"type": "scramSha512"}],
    }


def _channel(feed: str, kinds: list[Kind]) -> dict[str, Any]:
    topic = plan().topics[feed]
    names = [kind.name for kind in kinds] + [HEARTBEAT]
    return {
        "address": f"cairn.{feed}",
        "description": f"Everything that {topic.owner} records about {feed}, in its log's order.",
        "messages": {name: {"$ref": f"#/components/messages/{name}"} for name in names},
        "bindings": {
            "kafka": {
                "partitions": topic.partitions,
                "replicas": topic.replication,
                "topicConfiguration": {
                    "cleanup.policy": ["delete"],
                    "retention.ms": topic.retention_days * DAY_MS,
                },
            }
        },
    }


def _operation(feed: str) -> dict[str, Any]:
    return {"action": "send", "channel": {"$ref": f"#/channels/{feed}"}}


def _message(kind: Kind) -> dict[str, Any]:
    said = {
        "name": kind.name,
        "summary": kind.says,
        "traits": [{"$ref": "#/components/messageTraits/record"}],
    }
    if kind.contract.audience == "own":
        return said | {"description": "Always withheld: it arrives without data."}
    inner = f"#/components/messages/{kind.name}/payload/$defs/{{model}}"
    schema = kind.contract.model_json_schema(mode="serialization", ref_template=inner)
    return said | {"contentType": "application/json", "payload": _in_their_words(schema)}


def _in_their_words(part: Any) -> Any:
    """The same schema; AsyncAPI names a discriminator by its property alone."""
    if isinstance(part, list):
        return [_in_their_words(inner) for inner in part]
    if not isinstance(part, dict):
        return part
    inner = {key: _in_their_words(value) for key, value in part.items()}
    if isinstance(inner.get("discriminator"), dict):
        inner["discriminator"] = inner["discriminator"]["propertyName"]
    return inner


def _heartbeat() -> dict[str, Any]:
    usual = _headers()["properties"]
    kept = ("ce_specversion", "ce_id", "ce_source", "ce_type", "ce_time", "ce_position")
    headers = {name: usual[name] for name in kept}
    return {
        "name": HEARTBEAT,
        "summary": "The topic is complete up to this position and through this instant.",
        "headers": {"type": "object", "required": list(kept), "properties": headers},
    }


def _headers() -> dict[str, Any]:
    always: dict[str, Any] = {
        "ce_specversion": {"const": "1.0"},
        "ce_id": TEXT | {"description": "<service>:<position>"},
        "ce_source": TEXT | {"description": "/cairn/<service>"},
        "ce_type": TEXT | {"description": "the message's name"},
        "ce_subject": TEXT | {"format": "uuid", "description": "the stream"},
        "ce_time": INSTANT | {"description": "when it was recorded"},
        "ce_position": DIGITS | {"description": "its place in the owner's log"},
        "ce_previous": DIGITS | {"description": "the place of the one before it on this topic"},
        "ce_version": DIGITS | {"description": "its number in its stream"},
        "ce_actor": TEXT | {"description": "who did it: a person's id, or a service"},
    }
    sometimes = {
        "ce_onbehalfof": TEXT | {"description": "the person for whom a service did it"},
        "ce_cause": TEXT | {"description": "the event or request that led to it"},
        "ce_withheld": {"const": "true", "description": "the data stayed with the owner"},
    }
    return {"type": "object", "required": list(always), "properties": always | sometimes}
