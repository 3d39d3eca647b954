"""How long the security log keeps its lines, and whether it still refuses to lose them."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import LiteralString

from shared.eventing.recorder import Pool
from shared.eventing.verification import Finding

DROPPED_AT_ONCE = 10_000
MIGRATIONS = Path(__file__).parent / "migrations"
FORGET = "SELECT public.forget_old_refusals(%s, %s)"
CHECKS: dict[str, LiteralString] = {
    "the triggers that keep the security log are armed": (
        "SELECT count(*) FROM (VALUES ('unchanged'), ('kept_a_while')) AS must (name)"
        " LEFT JOIN pg_trigger t ON t.tgrelid = 'public.security_log'::regclass"
        " AND t.tgname = must.name AND t.tgenabled = 'A' WHERE t.oid IS NULL"
    ),
    "the service may only add to the security log": (
        "SELECT count(*) FROM unnest(ARRAY['UPDATE','DELETE','TRUNCATE']) AS p (privilege)"
        " WHERE has_table_privilege('public.security_log', p.privilege) OR (p.privilege = 'UPDATE'"
        " AND has_any_column_privilege('public.security_log', 'UPDATE'))"
    ),
}


def forget_old_lines(pool: Pool, days: int) -> int:
    """Drop what is older than so many days, a batch after the other; how many lines went."""
    return dropped_in_batches(pool, FORGET, days)


def dropped_in_batches(pool: Pool, query: LiteralString, days: int) -> int:
    """Ask a function that drops some lines again and again until few are left to drop."""
    gone = 0
    while True:
        with pool.connection() as connection:
            row = connection.execute(query, (days, DROPPED_AT_ONCE)).fetchone()
        dropped = int(row[0]) if row else 0
        gone += dropped
        if dropped < DROPPED_AT_ONCE:
            return gone


def verify_security_log(pool: Pool) -> Iterator[Finding]:
    """Whether nobody can change or lose a line of the security log unnoticed."""
    yield from checked(pool, CHECKS)


def checked(pool: Pool, checks: Mapping[str, LiteralString]) -> Iterator[Finding]:
    """What these queries count, each with what it stands for."""
    with pool.connection() as connection:
        for what, query in checks.items():
            row = connection.execute(query).fetchone()
            yield Finding(what, int(row[0]) if row else 1)
