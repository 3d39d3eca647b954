"""The ``cairn`` command."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from services.host.embedded_postgres import PostgresDidNotStart
from services.host.house import AddressTaken
from services.host.installation import DEFAULT_FOLDER, Installation
from services.host.kept_keys import KeysAreTurning
from services.host.postgres_binaries import FolderOutOfReach
from services.host.postgres_folder import ClusterNotMade, FolderInUse
from services.host.reach import Declined
from services.host.verbs import asking, forgetting, recording, standing
from services.host.verbs.administering import admin
from services.host.verbs.keys import keys
from services.host.verbs.options import AsJson, Data
from services.host.verbs.scim_token import scim_token
from services.host.verbs.speaking import errors
from services.host.verbs.tokens import token
from shared.eventing.migrations import MigrationRefused

KNOWN_TROUBLE = (
    AddressTaken,
    ClusterNotMade,
    Declined,
    FolderInUse,
    FolderOutOfReach,
    KeysAreTurning,
    MigrationRefused,
    PostgresDidNotStart,
)

app = typer.Typer(
    name="cairn",
    help="OKRs and KPIs side by side, with a history that no one can rewrite.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

app.add_typer(admin, name="admin")
app.add_typer(keys, name="keys")
app.add_typer(scim_token, name="scim-token")
app.add_typer(token, name="token")

Lang = Annotated[str, typer.Option("--lang", envvar="CAIRN_LANG", help="zh or en; else by LANG.")]
Port = Annotated[int, typer.Option(help="The port to answer at; 0 takes a free one.")]


@app.command(epilog="Example: cairn up --port 8080")
def up(
    data: Data = DEFAULT_FOLDER,
    port: Port = 8080,
    address: Annotated[str, typer.Option(help="The address to answer at.")] = "127.0.0.1",
) -> None:
    """Start every service in one process, and stop everything at Ctrl-C."""
    sys.exit(standing.up(Installation(data), port, address))


@app.command(epilog="Example: cairn demo --lang zh")
def demo(data: Data = DEFAULT_FOLDER, port: Port = 8080, lang: Lang = "") -> None:
    """Start with the demo company's quarter, recorded on first start; prints who to sign in as."""
    sys.exit(standing.demo(Installation(data), port, lang))


@app.command("import", epilog="Example: cairn import quarter.xlsx --dry-run")
def import_(
    file: Annotated[Path, typer.Argument(help="A workbook (.xlsx) or a folder of CSV files.")],
    data: Data = DEFAULT_FOLDER,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check only; record nothing.")] = False,
    report: Annotated[
        Path | None, typer.Option(help="Write the file anew, with what is wrong beside each row.")
    ] = None,
    lang: Lang = "",
    json: AsJson = False,
) -> None:
    """Check a whole file, then record it; a file with a bad row records nothing (exit code 1)."""
    sys.exit(
        recording.import_file(
            Installation(data), file, dry_run=dry_run, lang=lang, json=json, report=report
        )
    )


@app.command(epilog="Example: cairn replay key-result D1-1 --step")
def replay(
    kind: Annotated[str, typer.Argument(help="objective, key-result, kpi, unit or person.")],
    thing: Annotated[
        str,
        typer.Argument(help="Its id, its code in the import, its title or name, or a part of it."),
    ],
    data: Data = DEFAULT_FOLDER,
    as_of: Annotated[str, typer.Option(help="As known at this instant.")] = "",
    of: Annotated[str, typer.Option(help="A KPI of one subject only: the subject's id.")] = "",
    step: Annotated[bool, typer.Option("--step", help="One sentence at each Enter.")] = False,
    lang: Lang = "",
    json: AsJson = False,
) -> None:
    """Tell the story of something in sentences, in order, with who, when and why."""
    sys.exit(
        asking.replay(
            Installation(data), kind, thing, as_of=as_of, of=of, step=step, lang=lang, json=json
        )
    )


@app.command(epilog="Example: cairn verify --json")
def verify(data: Data = DEFAULT_FOLDER, json: AsJson = False) -> None:
    """Check that every log is whole and every table equals its replay (exit code 1 if not)."""
    sys.exit(asking.verify(Installation(data), json=json))


@app.command(epilog="Example: cairn rebuild goals")
def rebuild(
    service: Annotated[str, typer.Argument(help="A service; all without it.")] = "",
    data: Data = DEFAULT_FOLDER,
) -> None:
    """Replay the logs into new tables beside the live ones, and swap them in."""
    sys.exit(asking.rebuild(Installation(data), service))


@app.command(epilog="Example: cairn separation")
def separation(data: Data = DEFAULT_FOLDER, json: AsJson = False) -> None:
    """Try every wall of "the appraisal reads KPIs and nothing else" (exit code 1 if one gives)."""
    sys.exit(asking.separation(Installation(data), json=json))


@app.command(epilog="Example: cairn forget E042 --preview")
def forget(
    person: Annotated[str, typer.Argument(help="An id, a code of the import, or a whole name.")],
    data: Data = DEFAULT_FOLDER,
    preview: Annotated[
        bool, typer.Option("--preview", help="Say what is held; erase nothing.")
    ] = False,
    reason: Annotated[str, typer.Option(help="Why; kept for ever, so name no one.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask for the id again.")] = False,
    lang: Lang = "",
    json: AsJson = False,
) -> None:
    """Erase what is personal about someone who has left, in every service, for ever."""
    sys.exit(
        forgetting.forget_person(
            Installation(data),
            person,
            preview=preview,
            reason=reason,
            yes=yes,
            lang=lang,
            json=json,
        )
    )


@app.command(epilog='Example: cairn hold place E042 --reason "A case is pending."')
def hold(
    what: Annotated[str, typer.Argument(help="place, release or list.")],
    person: Annotated[str, typer.Argument(help="An id, a code of the import, or a name.")] = "",
    data: Data = DEFAULT_FOLDER,
    hold_id: Annotated[str, typer.Option("--hold", help="Which hold to release.")] = "",
    reason: Annotated[str, typer.Option(help="Why; kept for ever, so name no one.")] = "",
    lang: Lang = "",
    json: AsJson = False,
) -> None:
    """Keep someone from being forgotten while the law asks for it."""
    sys.exit(
        forgetting.hold(
            Installation(data), what, person, hold_id=hold_id, reason=reason, lang=lang, json=json
        )
    )


@app.command(epilog="Example: cairn doctor")
def doctor(data: Data = DEFAULT_FOLDER, json: AsJson = False) -> None:
    """Say how this installation is (exit code 1 when something is wrong)."""
    sys.exit(asking.doctor(Installation(data), json=json))


def main() -> None:
    """The entry point of the ``cairn`` script and of ``python -m services.host``."""
    try:
        app()
    except KNOWN_TROUBLE as trouble:
        errors.print(str(trouble))
        sys.exit(1)
