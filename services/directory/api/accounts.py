"""How people are known outside: for signing in only, so for web and host alone."""

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter

from services.directory.application import account_commands as commands
from services.directory.application.accounts import Accounts
from shared.http.commanding import add_command
from shared.http.reading import AsOf
from shared.http.service import Service
from shared.kernel.names import folded
from shared.kernel.refusals import NotAllowed

READERS = frozenset({"web", "host"})

router = APIRouter(tags=["queries"])

FOUND = """
SELECT a.person_id, a.user_name,
       a.switched_on AND EXISTS (
           SELECT FROM person p WHERE p.person_id = a.person_id
              AND p.during @> %(moment)s::timestamptz AND p.active AND p.employed_from <= %(on)s
              AND (p.last_day IS NULL OR p.last_day >= %(on)s)) AS active
FROM account a
WHERE a.during @> %(moment)s::timestamptz
"""
BY_LOGIN = """
EXISTS (SELECT FROM account_login l WHERE l.stream = a.stream
        AND l.subject = %(subject)s AND l.issuer = %(issuer)s
        AND l.during @> %(moment)s::timestamptz)
"""


@router.get("/accounts", name="accounts")
def accounts(
    reading: AsOf,
    user_name: str | None = None,
    external_id: str | None = None,
    issuer: str | None = None,
    subject: str | None = None,
) -> dict[str, Any]:
    """The account with this user name, external id or login; ``active`` when it may be let in.

    Refused to all services but those that sign people in. Nothing asked for, nothing told.
    """
    if reading.caller.identity not in READERS:
        raise NotAllowed(why="accounts are told to the sign-in only")
    params = {
        "key": None if user_name is None else folded(user_name),
        "external_id": external_id,
        "issuer": issuer,
        "subject": subject,
    }
    conditions = [
        *(["a.user_name_key = %(key)s"] if user_name is not None else []),
        *(["a.external_id = %(external_id)s"] if external_id is not None else []),
        *([BY_LOGIN] if issuer is not None and subject is not None else []),
    ]
    if not conditions:
        return reading.told(accounts=[])
    query = " AND ".join([FOUND, *conditions]) + " ORDER BY a.person_id LIMIT 2"
    return reading.told(accounts=reading.rows(query, params))


def routes(service: Service) -> Sequence[APIRouter]:
    """All doors of accounts."""
    return [account_routes(Accounts(service.journal)), router]


def account_routes(accounts: Accounts) -> APIRouter:
    """One route per command about accounts."""
    router = APIRouter()
    add_command(router, commands.ProvisionAccounts, accounts.provision)
    add_command(router, commands.LinkLogin, accounts.link_login)
    add_command(router, commands.UnlinkLogin, accounts.unlink_login)
    add_command(router, commands.CloseAccounts, accounts.close)
    return router
