"""Words in which identity providers depart from RFC 7644, put into its words before it is read."""

import json
from typing import Any

ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:user"
MANAGER = f"{ENTERPRISE}:manager"


def mended(body: bytes) -> bytes:
    """The body as the standard would have it: a manager named by the id alone, or in a list of
    one, is an object with a value and a reference; a reference that is null is left out.

    A body that is no JSON object stays as it is: whoever reads it says what is wrong.
    """
    try:
        told = json.loads(body)
    except ValueError:
        return body
    return json.dumps(_mend(told)).encode() if isinstance(told, dict) else body


def _mend(told: dict[str, Any]) -> dict[str, Any]:
    for name, value in told.items():
        lower = name.lower()
        if lower == MANAGER:
            told[name] = _manager(value)
        elif lower == ENTERPRISE and isinstance(value, dict):
            told[name] = {k: _manager(v) if k.lower() == "manager" else v for k, v in value.items()}
        elif lower == "operations" and isinstance(value, list):
            told[name] = [_operation(one) if isinstance(one, dict) else one for one in value]
    return told


def _operation(operation: dict[str, Any]) -> dict[str, Any]:
    path = str(operation.get("path") or "").lower()
    value = operation.get("value")
    if path == MANAGER:
        return operation | {"value": _manager(value)}
    if isinstance(value, list):
        return operation | {"value": [_without_null(one) for one in value]}
    return operation | {"value": _mend(value)} if isinstance(value, dict) else operation


def _without_null(entry: Any) -> Any:
    if not isinstance(entry, dict):
        return entry
    return {name: inner for name, inner in entry.items() if inner is not None}


def _manager(value: Any) -> Any:
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if isinstance(value, str) and value:
        value = {"value": value}
    if not isinstance(value, dict) or not value.get("value"):
        return value
    return {"$ref": f"Users/{value['value']}"} | _without_null(value)
