"""Options that many verbs of the command line take, said in one way."""

from pathlib import Path
from typing import Annotated

import typer

Data = Annotated[
    Path, typer.Option("--data", envvar="CAIRN_DATA", help="The folder that keeps everything.")
]
AsJson = Annotated[bool, typer.Option("--json", help="For scripts: one JSON document.")]
