"""``keys``: what services sign with, and what wraps the keys of people."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated

import typer

from services.host.installation import DEFAULT_FOLDER, Installation
from services.host.reach import reached
from services.host.rotation import KeyState, rotate, states
from services.host.verbs.options import AsJson, Data
from services.host.verbs.speaking import errors, tell_json, tell_table

HEADS = ("service", "signing key", "days", "others", "master key, days", "former", "people's keys")

keys = typer.Typer(
    help="What services sign with, and what wraps the keys of people's personal fields.",
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@keys.callback()
def _family() -> None:
    """Keep ``rotate`` a word of its own."""


@keys.command("rotate", epilog="Example: cairn keys rotate --preview")
def rotate_(
    data: Data = DEFAULT_FOLDER,
    preview: Annotated[
        bool, typer.Option("--preview", help="Say which keys there are; change none.")
    ] = False,
    json: AsJson = False,
) -> None:
    """Give every service another signing key and another master key, while Cairn runs or not.

    Nobody is signed out and no fact is touched; run it again when it was cut off.
    """
    installation = Installation(data)
    wrapped = {} if preview else rotate(installation)
    with reached(installation) as reach:
        known = states(installation, reach)
    if json:
        tell_json({"keys": [asdict(one) for one in known], "wrapped": wrapped})
        return
    tell_table(HEADS, _rows(known, datetime.now(UTC)))
    if preview:
        wrapping = sum(one.peoples for one in known)
        errors.print(f"Nothing was changed. A rotation wraps {wrapping} keys of people anew.")
    else:
        errors.print(
            f"Every service has other keys; {sum(wrapped.values())} keys of people were wrapped"
            " anew. Keep the former master-keys.json with the backups that were made before."
        )


def _rows(known: Sequence[KeyState], now: datetime) -> list[tuple[str, ...]]:
    return [
        (
            one.service,
            one.signing,
            _days(one.drawn_at, now),
            str(one.former),
            _days(one.master_drawn_at, now),
            str(one.former_masters) if one.master_drawn_at else "",
            str(one.peoples) if one.master_drawn_at else "",
        )
        for one in known
    ]


def _days(since: datetime | None, now: datetime) -> str:
    return str((now - since).days) if since else ""
