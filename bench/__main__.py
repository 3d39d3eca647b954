"""``make bench``: a table of ratios, also written to ``build/bench.json``."""

import argparse
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench import append, replay, visible
from bench.measure import Measured, database_server
from shared.eventing.collecting import collect_seldom

BENCHES: dict[str, Callable[[str], Iterator[Measured]]] = {
    "B1": append.one_a_save,
    "B2": append.thousand_a_save,
    "B5": replay.replay,
    "B7": visible.pull,
}


def main() -> None:
    """Run all, or those named by ``--only B1,B2``."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--only", default=",".join(BENCHES))
    wanted = [name.strip() for name in arguments.parse_args().only.split(",")]
    if unknown := sorted(set(wanted) - BENCHES.keys()):
        arguments.error(f"there is no {', '.join(unknown)}; choose from {', '.join(BENCHES)}")
    collect_seldom()  # as every process of the product does when it starts
    found: list[Measured] = []
    with database_server() as admin:
        for name in wanted:
            found.extend(BENCHES[name](admin))
    build = Path("build")
    build.mkdir(exist_ok=True)
    (build / "bench.json").write_text(json.dumps([asdict(one) for one in found], indent=2) + "\n")
    table = Table("", "what", "ours", "yardstick", "ratio", "reach", box=None)
    for one in found:
        table.add_row(
            one.id, one.name, one.shown(one.ours), one.shown(one.yardstick), one.of, one.reach
        )
    Console().print(table)


if __name__ == "__main__":
    main()
