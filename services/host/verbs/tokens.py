"""``token``: access tokens, with which programs act as a person."""

import sys
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

import anyio
import typer

from services.host.calling import Calling, Declined
from services.host.deployment import called_credentials
from services.host.house import RECORDING
from services.host.installation import DEFAULT_FOLDER, Installation
from services.host.verbs.options import AsJson, Data
from services.host.verbs.speaking import console, tell_json, tell_table
from services.web.wiring import MOST_DAYS, USUAL_DAYS, Credentials, rights_of

token = typer.Typer(
    help="Access tokens, with which programs act as a person.",
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@token.command(epilog="Example: cairn token new warehouse --of wang.lei --scope metrics:read")
def new(
    name: Annotated[str, typer.Argument(help="What it is for.")],
    of: Annotated[str, typer.Option(help="Whose: the id of a person, or a name with a password.")],
    scope: Annotated[list[str], typer.Option(help="What it opens: goals:read, metrics:write …")],
    days: Annotated[
        int, typer.Option(min=1, max=MOST_DAYS, help="How long it is good.")
    ] = USUAL_DAYS,
    data: Data = DEFAULT_FOLDER,
) -> None:
    """Make a token, and say it this one time."""
    rights = rights_of(scope, RECORDING)
    if not rights:
        raise Declined(f"A scope is one of {', '.join(RECORDING)} with :read or :write.")
    now = datetime.now(UTC)
    with called_credentials(Installation(data)) as (reach, kept):
        who = _person(reach, kept, of)
        secret = anyio.run(kept.tokens.make, who, name, rights, days, now)
        anyio.run(kept.note, now, "token_made", who)
    sys.stdout.write(f"{secret}\n")


@token.command("list", epilog="Example: cairn token list --json")
def list_(
    of: Annotated[str, typer.Option(help="Of one person only.")] = "",
    data: Data = DEFAULT_FOLDER,
    json: AsJson = False,
) -> None:
    """Which tokens there are, what they open, until when, and when each was last used."""
    now = datetime.now(UTC)
    with called_credentials(Installation(data)) as (reach, kept):
        who = _person(reach, kept, of) if of else None
        known = anyio.run(kept.tokens.of, who)
    rows = [
        {
            "token": str(one.token_id),
            "person": str(one.person),
            "name": one.name,
            "opens": " ".join(one.scopes),
            "until": f"{one.expires_at:%Y-%m-%d}",
            "used": f"{one.used_at:%Y-%m-%d %H:%M}" if one.used_at else "",
            "state": "good" if one.is_good(now) else "revoked" if one.revoked_at else "expired",
        }
        for one in known
    ]
    if json:
        tell_json(rows)
    elif rows:
        tell_table(tuple(rows[0]), [tuple(row.values()) for row in rows])
    else:
        console.print("There is no access token.")


@token.command(epilog="Example: cairn token revoke 3c1f2f5e-…")
def revoke(
    token_id: Annotated[UUID, typer.Argument(metavar="TOKEN", help="As cairn token list says.")],
    data: Data = DEFAULT_FOLDER,
) -> None:
    """Take a token back; it opens nothing from this instant on."""
    now = datetime.now(UTC)
    with called_credentials(Installation(data)) as (_, kept):
        who = anyio.run(kept.tokens.revoke, token_id, now)
        if who is None:
            raise Declined("There is no such token, or it was revoked before: cairn token list")
        anyio.run(kept.note, now, "token_revoked", who)
    console.print("Revoked.")


def _person(reach: Calling, kept: Credentials, of: str) -> UUID:
    account = anyio.run(kept.passwords.accounts.named, of)
    if account is not None:
        return account.person
    try:
        who = UUID(of)
    except ValueError as error:
        raise Declined(f"{of} is neither the id of a person nor a name with a password.") from error
    reach.get("directory", f"/people/{who}")
    return who
