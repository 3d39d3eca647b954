"""When a resource was made and changed, and which version it has, as SCIM says it."""

from datetime import UTC, datetime
from typing import Any

from scim2_models import PreconditionFailedException


def meta(kind: str, made: datetime, changed: datetime, version: int) -> dict[str, Any]:
    """The common attributes; instants in milliseconds, versions as weak entity tags."""
    return {
        "resourceType": kind,
        "created": _short(made),
        "lastModified": _short(changed),
        "version": f'W/"{version}"',
    }


def version_of(tag: str | None) -> int | None:
    """The version that an entity tag names; ``None`` for none; refused when it is not ours."""
    if tag is None:
        return None
    number = tag.removeprefix("W/").strip('"')
    if not number.isdigit():
        raise PreconditionFailedException(detail=f"There is no version {tag}")
    return int(number)


def _short(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat(timespec="milliseconds")
