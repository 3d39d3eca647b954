"""``scim-token``: the keys with which identity providers come in."""

from pathlib import Path
from typing import Annotated, Any

import typer

from services.host.installation import DEFAULT_FOLDER, Installation
from services.host.reach import Declined, Reach, reached
from services.host.verbs.speaking import console, tell_json, tell_table
from shared.kernel.actors import service

HEADS = ("id", "label", "made", "expires", "last used", "revoked")
SHOWN = ("token_id", "label", "made_at", "expires_at", "last_used", "revoked_at")

scim_token = typer.Typer(
    help="The keys with which identity providers keep people and groups up to date (SCIM 2.0).",
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Data = Annotated[
    Path, typer.Option("--data", envvar="CAIRN_DATA", help="The folder that keeps everything.")
]
AsJson = Annotated[bool, typer.Option("--json", help="For scripts: one JSON document.")]


@scim_token.command(epilog='Example: cairn scim-token new "Entra ID" --days 365')
def new(
    label: Annotated[str, typer.Argument(help="Who will use it.")],
    days: Annotated[int, typer.Option(min=1, max=1_100, help="How long it opens.")] = 365,
    data: Data = DEFAULT_FOLDER,
    json: AsJson = False,
) -> None:
    """Make a token; its text is shown this once and kept nowhere."""
    with reached(Installation(data)) as reach:
        made = _asked(reach, "POST", "/scim-tokens", {"label": label, "days": days})
        address = f"{reach.url('directory')}/scim/v2"
    if json:
        tell_json(made | {"address": address})
        return
    console.print(made["token"], soft_wrap=True)
    console.print(f"Tenant URL here: {address}   Expires: {made['expires_at']}", soft_wrap=True)


@scim_token.command("list", epilog="Example: cairn scim-token list")
def list_(data: Data = DEFAULT_FOLDER, json: AsJson = False) -> None:
    """Every token: what for, until when, last used, revoked when."""
    with reached(Installation(data)) as reach:
        tokens = _asked(reach, "GET", "/scim-tokens")["tokens"]
    if json:
        tell_json(tokens)
        return
    tell_table(HEADS, [[str(token[name] or "") for name in SHOWN] for token in tokens])


@scim_token.command(epilog="Example: cairn scim-token revoke 3f0c…")
def revoke(
    token_id: Annotated[str, typer.Argument(help="Its id, as cairn scim-token list shows it.")],
    data: Data = DEFAULT_FOLDER,
) -> None:
    """Let a token open nothing any more, at once."""
    with reached(Installation(data)) as reach:
        _asked(reach, "POST", f"/scim-tokens/{token_id}/revoke")
    console.print("Revoked.")


def _asked(reach: Reach, method: str, path: str, body: Any = None) -> dict[str, Any]:
    token = reach.token(service("host"), "directory")
    answer = reach.client.request(
        method,
        f"{reach.url('directory')}{path}",
        json=body,
        headers={"Authorization": f"Bearer {token}"},
    )
    told: dict[str, Any] = answer.json()
    if answer.is_error:
        raise Declined(told.get("detail", answer.text))
    return told
