"""Who may do what with our topics: the broker's access list made to say what the plan says.

The plan is the whole truth about our topics: a literal permission that it does not name is taken
away. Patterns that reach beyond our topics are not ours to remove and are reported instead.
"""

from collections.abc import Iterable
from typing import Any

from kafka.admin import (
    ACL,
    ACLFilter,
    ACLOperation,
    ACLPermissionType,
    ACLResourcePatternType,
    ResourcePattern,
    ResourcePatternFilter,
    ResourceType,
)


def topic_acl(principal: str, topic: str, writes: bool) -> Any:
    """The permission to read a topic, or to write it; either includes describing it."""
    operation = ACLOperation.WRITE if writes else ACLOperation.READ
    return _acl(principal, operation, ResourceType.TOPIC, topic)


def group_acl(principal: str, group: str) -> Any:
    """The permission to read as this consumer group; our own followers use none."""
    return _acl(principal, ACLOperation.READ, ResourceType.GROUP, group)


def align_acls(admin: Any, topics: Iterable[str], wanted: set[Any]) -> list[str]:
    """Grant what is wanted and missing, withdraw what is there and not wanted; says what it did."""
    there = {acl for topic in topics for acl in _reaching(admin, topic)}
    ours = {acl for acl in there if _is_literal(acl)}
    missing = sorted((wanted - there), key=str)
    surplus = sorted((ours - wanted), key=str)
    if missing:
        failed = admin.create_acls(missing)["failed"]
        if failed:
            raise failed[0]
    if surplus:
        admin.delete_acls([_exactly(acl) for acl in surplus])
    return [
        *(f"granted: {_said(acl)}" for acl in missing),
        *(f"withdrawn: {_said(acl)}" for acl in surplus),
        *(
            f"reaches our topics, not ours to withdraw: {_said(acl)}"
            for acl in sorted(there - ours, key=str)
        ),
    ]


def _acl(principal: str, operation: Any, kind: Any, name: str) -> Any:
    pattern = ResourcePattern(kind, name, ACLResourcePatternType.LITERAL)
    return ACL(f"User:{principal}", "*", operation, ACLPermissionType.ALLOW, pattern)


def _reaching(admin: Any, topic: str) -> Iterable[Any]:
    """Every permission that applies to this topic, by its name, by a prefix, or by a wildcard."""
    pattern = ResourcePatternFilter(ResourceType.TOPIC, topic, ACLResourcePatternType.MATCH)
    everything = ACLFilter(None, None, ACLOperation.ANY, ACLPermissionType.ANY, pattern)
    return admin.describe_acls(everything)[0]  # type: ignore[no-any-return]


def _is_literal(acl: Any) -> bool:
    pattern = acl.resource_pattern
    by_name = pattern.pattern_type == ACLResourcePatternType.LITERAL
    return bool(by_name and pattern.resource_name != "*")


def _exactly(acl: Any) -> Any:
    pattern = acl.resource_pattern
    same = ResourcePatternFilter(pattern.resource_type, pattern.resource_name, pattern.pattern_type)
    return ACLFilter(acl.principal, acl.host, acl.operation, acl.permission_type, same)


def _said(acl: Any) -> str:
    pattern = acl.resource_pattern
    kind = "" if _is_literal(acl) else f" ({pattern.pattern_type.name.lower()})"
    return f"{acl.principal} {acl.operation.name.lower()} {pattern.resource_name}{kind}"
