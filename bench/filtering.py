"""The policy as a filter of rows, in a company of twenty thousand: ``python -m bench.filtering``.

Appraisals of four quarters, and a page of fifty of them as the list asks for it, by who asks: the
top of the company, a manager, somebody who manages nobody, HR. The rows are put into the tables
directly. Figures are medians of ten, in milliseconds, with and without the server's statistics.
"""

import os
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from random import Random
from time import perf_counter
from typing import Any

import psycopg
from psycopg.conninfo import make_conninfo
from rich.console import Console
from rich.table import Table

from bench.measure import database_server, percentile
from bench.organisation import SINCE, _people, _unit
from services.appraisal.api.visible import COLUMNS, PAGE, VISIBLE
from services.appraisal.projections.organisation_today import ORGANISATION
from services.host.house import House
from services.host.provisioning import provision
from shared.access.filtering import asking, rows_that
from shared.access.policy.appraisal import POLICY
from shared.access.things import EVERYWHERE, Asker
from shared.kernel.ids import id_of

TIMES, QUARTERS, TODAY = 10, 4, date(2026, 11, 22)
DURING = "[2026-01-05,)"
Rows = Iterable[tuple[Any, ...]]
ASKERS = {
    "the top of the company, 19,999 below": 0,
    "a manager with 420 below": 3,
    "a manager with 20 below": 200,
    "somebody who manages nobody": 15_000,
    "HR of everybody": 7,
    "HR of a division": 30,
}


def tables(people: list[dict[str, Any]], units: list[dict[str, Any]]) -> Iterator[tuple[str, Rows]]:
    """The rows of each table, under its name and columns."""
    yield (
        "organisation.people (person, employed_from, active, during)",
        [(one["person_id"], SINCE, True, DURING) for one in people],
    )
    yield (
        "organisation.posts (person, unit, held, effective_from, recorded_at, position)",
        [
            (one["person_id"], one["posts"][0]["unit_id"], True, SINCE, SINCE, n)
            for n, one in enumerate(people)
        ],
    )
    yield (
        "organisation.manager_links (person, kind, manager, effective_from, recorded_at, position)",
        [
            (one["person_id"], "line", link["manager_id"], SINCE, SINCE, n)
            for n, one in enumerate(people)
            for link in one["managers"]
        ],
    )
    yield (
        "organisation.unit_parents (unit, parent, effective_from, recorded_at, position)",
        [(unit["unit_id"], unit["parent_id"], SINCE, SINCE, n) for n, unit in enumerate(units)],
    )
    held = {7: str(EVERYWHERE), 30: units[1]["unit_id"]}
    yield (
        "organisation.roles (person, role, unit, effective_from, during)",
        [(people[n]["person_id"], "hr", unit, SINCE, DURING) for n, unit in held.items()],
    )
    yield (
        "appraisals.appraisals (appraisal, subject, period, first, last, manager, unit, plan,"
        " stage, stream_version, during)",
        [
            _appraisal(one, n, quarter)
            for quarter in range(QUARTERS)
            for n, one in enumerate(people)
        ],
    )


def _appraisal(one: dict[str, Any], n: int, quarter: int) -> tuple[Any, ...]:
    manager = one["managers"][0]["manager_id"] if one["managers"] else one["person_id"]
    first, last = date(2026, 1 + 3 * quarter, 1), date(2026, 3 + 3 * quarter, 28)
    key = (str(id_of("appraisal", n, quarter)), one["person_id"], f"2026-Q{quarter + 1}")
    return (*key, first, last, manager, one["posts"][0]["unit_id"], "{}", "planned", 1, DURING)


def asked(connection: psycopg.Connection[Any]) -> Iterator[tuple[str, int, list[float]]]:
    """The first page, by who asks: how many rows came, and the milliseconds of each time."""
    found = rows_that(POLICY["see-appraisals"], ORGANISATION, COLUMNS)
    query: Any = f"{VISIBLE.format(tables=found.tables, condition=found.condition)} {PAGE}"
    for name, n in ASKERS.items():
        person, times, rows = id_of("person", str(n)), list[float](), list[Any]()
        asker = Asker(person, person, active=True)
        page = {"moment": "infinity", "after": None, "limit": 50}
        for _ in range(TIMES):
            start = perf_counter()
            rows = connection.execute(query, {**asking(asker, TODAY), **page}).fetchall()
            times.append(1000 * (perf_counter() - start))
        yield name, len(rows), times


def main(people: int = 20_000, units: int = 1_000) -> None:
    """Measure and tell."""
    table = Table("", "rows", "p50 ms", "p95 ms", "load", box=None)
    company, tree = list(_people(people, units, Random(7))), [_unit(n) for n in range(units)]
    with database_server() as admin:
        access = provision(admin, "appraisal", "bench", "bench_filter_")
        House({"appraisal": access}).migrate()
        path = "-c search_path=appraisals,organisation,pg_catalog"
        conninfo = make_conninfo(admin, dbname="bench_filter_appraisal", options=path)
        with psycopg.connect(conninfo, autocommit=True) as connection:
            for name, rows in tables(company, tree):
                copied: Any = f"COPY {name} FROM STDIN"
                with connection.cursor().copy(copied) as copy:
                    for row in rows:
                        copy.write_row(row)
            for statistics in ("no statistics yet", "with statistics"):
                table.add_row(statistics)
                for who, count, times in asked(connection):
                    middle, high = percentile(times, 0.5), percentile(times, 0.95)
                    load = f"{os.getloadavg()[0]:.0f}"
                    table.add_row(who, str(count), f"{middle:,.1f}", f"{high:,.1f}", load)
                connection.execute("ANALYZE")
    Console().print(table)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
