"""``scim-token``: the keys with which identity providers come in."""

import os
from typing import Annotated

import typer

from services.host.deployment import called
from services.host.installation import DEFAULT_FOLDER, Installation
from services.host.verbs.options import AsJson, Data
from services.host.verbs.speaking import console, tell_json, tell_table

HEADS = ("id", "label", "made", "expires", "last used", "revoked")
SHOWN = ("token_id", "label", "made_at", "expires_at", "last_used", "revoked_at")

scim_token = typer.Typer(
    help="The keys with which identity providers keep people and groups up to date (SCIM 2.0).",
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@scim_token.command(epilog='Example: cairn scim-token new "Entra ID" --days 365')
def new(
    label: Annotated[str, typer.Argument(help="Who will use it.")],
    days: Annotated[int, typer.Option(min=1, max=1_100, help="How long it opens.")] = 365,
    data: Data = DEFAULT_FOLDER,
    json: AsJson = False,
) -> None:
    """Make a token; its text is shown this once and kept nowhere."""
    with called(Installation(data)) as directory:
        made = directory.told(
            "directory", "POST", "/scim-tokens", json={"label": label, "days": days}
        )
        here = f"{directory.url('directory')}/scim/v2"
        address = os.environ.get("CAIRN_SCIM_URL") or here
    if json:
        tell_json(made | {"address": address})
        return
    console.print(made["token"], soft_wrap=True)
    console.print(f"Tenant URL here: {address}   Expires: {made['expires_at']}", soft_wrap=True)


@scim_token.command("list", epilog="Example: cairn scim-token list")
def list_(data: Data = DEFAULT_FOLDER, json: AsJson = False) -> None:
    """Every token: what for, until when, last used, revoked when."""
    with called(Installation(data)) as directory:
        tokens = directory.told("directory", "GET", "/scim-tokens")["tokens"]
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
    with called(Installation(data)) as directory:
        directory.told("directory", "POST", f"/scim-tokens/{token_id}/revoke")
    console.print("Revoked.")
