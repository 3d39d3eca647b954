"""``admin``: who signs in with a password of this installation."""

import sys
from datetime import UTC, datetime
from getpass import getpass
from typing import Annotated
from uuid import UUID

import anyio
import typer

from services.host.calling import Calling, Declined
from services.host.deployment import called_credentials
from services.host.installation import DEFAULT_FOLDER, Installation
from services.host.verbs.options import Data
from services.host.verbs.speaking import console, errors, tell_table
from services.web.wiring import Credentials
from shared.kernel.clock import SystemClock
from shared.kernel.ids import id_of

admin = typer.Typer(
    help="Who signs in with a name and a password of this installation.",
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Login = Annotated[str, typer.Argument(help="The name to sign in with.")]


@admin.command(epilog='Example: cairn admin new wang.lei --name "王磊" --name-en "Wang Lei"')
def new(
    login: Login,
    name: Annotated[str, typer.Option(help="Whose name the directory learns.")] = "",
    name_en: Annotated[str, typer.Option(help="The name in English; else the same.")] = "",
    person: Annotated[str, typer.Option(help="Somebody it knows already: their id.")] = "",
    data: Data = DEFAULT_FOLDER,
) -> None:
    """Let somebody sign in with a password; somebody new becomes an administrator.

    The password is asked for, or read from standard input: a line, at least 12 characters.
    """
    if bool(name) == bool(person):
        errors.print("Say either --name, for somebody new, or --person, for somebody known.")
        sys.exit(2)
    password = asked_password()
    with called_credentials(Installation(data)) as (reach, kept):
        _must_be(anyio.run(kept.passwords.unfit, login, password))
        who = _known(reach, person) if person else _registered(reach, login, name, name_en or name)
        _must_be(anyio.run(kept.passwords.make, login, who, password, datetime.now(UTC)))
    console.print(f"{login} can sign in.")


@admin.command(epilog="Example: cairn admin passwd wang.lei")
def passwd(login: Login, data: Data = DEFAULT_FOLDER) -> None:
    """Set another password; every session of that person ends, a disabled account works again."""
    password = asked_password()
    with called_credentials(Installation(data)) as (_, kept):
        anyio.run(_set_password, kept, login, password)
    console.print(f"{login} has another password, and is signed out everywhere.")


@admin.command(epilog="Example: cairn admin disable wang.lei")
def disable(login: Login, data: Data = DEFAULT_FOLDER) -> None:
    """Let nobody in by this name any more; every session of that person ends."""
    with called_credentials(Installation(data)) as (_, kept):
        anyio.run(_disable, kept, login)
    console.print(f"{login} can no longer sign in, and is signed out everywhere.")


@admin.command("list", epilog="Example: cairn admin list")
def list_(data: Data = DEFAULT_FOLDER) -> None:
    """Who can sign in with a password, and since when."""
    with called_credentials(Installation(data)) as (_, kept):
        known = anyio.run(kept.passwords.accounts.all)
    rows = [
        (one.name, str(one.person), f"{one.password_set_at:%Y-%m-%d}", _state(one.disabled_at))
        for one in known
    ]
    tell_table(("name", "person", "password of", ""), rows)


def asked_password() -> str:
    """A password typed twice at the prompt, or a line of standard input."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass("Password: ")
    if password != getpass("Again: "):
        errors.print("The two do not match. Nothing was changed.")
        sys.exit(1)
    return password


def _known(reach: Calling, person: str) -> UUID:
    try:
        who = UUID(person)
    except ValueError as error:
        raise Declined(f"{person} is no id of a person.") from error
    reach.get("directory", f"/people/{who}")
    return who


def _registered(reach: Calling, login: str, name: str, name_en: str) -> UUID:
    """Somebody new in the directory, with the role of an administrator everywhere."""
    who = id_of("person", login.strip().lower())
    entry = {
        "person_id": str(who),
        "name": name,
        "name_en": name_en,
        "roles": [{"role": "admin"}],
        "effective_from": SystemClock().today().isoformat(),
    }
    reach.command("directory", "register-people", {"people": [entry]})
    return who


async def _set_password(kept: Credentials, login: str, password: str) -> None:
    account = await kept.passwords.accounts.named(login)
    if account is None:
        raise Declined(f"{login} has no account: cairn admin list")
    _must_be(await kept.passwords.renew(account, password, datetime.now(UTC)))
    await kept.sessions.end_all(account.person)


async def _disable(kept: Credentials, login: str) -> None:
    account = await kept.passwords.accounts.named(login)
    if account is None:
        raise Declined(f"{login} has no account: cairn admin list")
    await kept.passwords.disable(account, datetime.now(UTC))
    await kept.sessions.end_all(account.person)


def _must_be(unfit: str | None) -> None:
    if unfit is not None:
        raise Declined(unfit)


def _state(disabled: datetime | None) -> str:
    return f"disabled {disabled:%Y-%m-%d}" if disabled else ""
