"""What the security log is told of a request that was refused."""

from datetime import UTC, datetime
from ipaddress import ip_address, ip_network
from typing import Any

from fastapi import Request

from shared.http.security_log import Entry, SecurityLog
from shared.http.tokens import Caller

# not signed in, not allowed, too often
OF_INTEREST = (401, 403, 429)
KEPT_BITS = {4: 24, 6: 48}


def note_refusal(request: Request, status: int, code: str, **more: Any) -> None:
    """Tell the security log, where the status is one that it keeps; ``more`` as in its entries."""
    kept: SecurityLog | None = getattr(request.app.state, "security_log", None)
    if kept is None or status not in OF_INTEREST:
        return
    caller: Caller | None = getattr(request.state, "caller", None)
    told = {
        "identity": caller.identity if caller else None,
        "person": caller.actor.hand if caller else None,
        "correlation": request.headers.get("cairn-correlation"),
        "address": network_of(request.client.host if request.client else None),
    }
    kept.note(
        Entry(
            at=datetime.now(UTC),
            method=request.method,
            route=template_of(request),
            status=status,
            code=code,
            **{**told, **{name: value for name, value in more.items() if value is not None}},
        )
    )


def template_of(request: Request) -> str:
    """The route as it is written in the code, such as ``/objectives/{objective_id}``."""
    return str(getattr(request.scope.get("route"), "path", ""))


def network_of(address: str | None) -> str | None:
    """The network of an address: enough to find a pattern, too little to find a person."""
    try:
        parsed = ip_address(address or "")
    except ValueError:
        return None
    mapped = getattr(parsed, "ipv4_mapped", None)
    parsed = mapped or parsed
    return str(ip_network((parsed, KEPT_BITS[parsed.version]), strict=False))
