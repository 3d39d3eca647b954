"""The database files do with psql what the product does with them itself."""

import subprocess
from collections.abc import Iterator

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from services.host.embedded_postgres import EmbeddedPostgres
from services.host.provisioning import SERVICES, provision
from tests.support.composed import prepare
from tests.support.postgres import HASTY, SECRET, folder_for_postgres
from tests.support.sources import ROOT

FILES = ROOT / "deploy" / "postgres"
PRIVILEGES = """
    SELECT 'database', datname, acl::text FROM pg_database, unnest(datacl) acl
    UNION SELECT 'role', rolname, rolsuper::text || rolcreatedb || rolcreaterole || rolcanlogin
      FROM pg_roles WHERE rolname LIKE 'cairn\\_%'
    ORDER BY 1, 2, 3
"""
SCHEMAS = """
    SELECT nspname, nspowner::regrole::text, coalesce(nspacl::text, '') FROM pg_namespace
     WHERE nspname IN ('log', 'public')
    UNION SELECT 'default', defaclrole::regrole::text, defaclacl::text FROM pg_default_acl
    ORDER BY 1, 2, 3
"""


def _passwords() -> dict[str, str]:
    names = [service.upper() for service in SERVICES]
    runtime = {f"CAIRN_{name}_PASSWORD": f"runtime of {name}'s" for name in names}
    owner = {f"CAIRN_{name}_OWNER_PASSWORD": f"owner of {name}'s" for name in names}
    return runtime | owner


def _facts(server: EmbeddedPostgres) -> list[tuple[object, ...]]:
    with psycopg.connect(server.dsn) as connection:
        found = connection.execute(PRIVILEGES).fetchall()
    for service in SERVICES:
        with psycopg.connect(make_conninfo(server.dsn, dbname=f"cairn_{service}")) as connection:
            found += connection.execute(SCHEMAS).fetchall()
    return found


@pytest.fixture(scope="module")
def servers() -> Iterator[tuple[EmbeddedPostgres, EmbeddedPostgres]]:
    """Two servers of our own: one for psql, one for the product."""
    with (
        folder_for_postgres() as one,
        folder_for_postgres() as other,
        EmbeddedPostgres(one, HASTY) as first,
        EmbeddedPostgres(other, HASTY) as second,
    ):
        yield first, second


def test_psql_and_the_product_make_the_same_of_the_files(
    servers: tuple[EmbeddedPostgres, EmbeddedPostgres],
) -> None:
    by_psql, by_product = servers
    prepare(by_psql, _passwords())
    prepare(by_psql, _passwords())
    for service in SERVICES:
        provision(by_product.dsn, service, SECRET)
    with psycopg.connect(by_product.dsn, autocommit=True) as connection:
        connection.execute("REVOKE CONNECT ON DATABASE postgres, template1 FROM PUBLIC")
    assert _facts(by_psql) == _facts(by_product)
    goals = make_conninfo(
        by_psql.dsn, dbname="cairn_goals", user="cairn_goals", password="runtime of GOALS's"
    )
    with psycopg.connect(goals) as connection:
        assert connection.execute("SELECT current_user").fetchone() == ("cairn_goals",)


def test_a_missing_password_stops_the_preparation(
    servers: tuple[EmbeddedPostgres, EmbeddedPostgres],
) -> None:
    missing = _passwords()
    del missing["CAIRN_GOALS_PASSWORD"]
    with pytest.raises(subprocess.CalledProcessError):
        prepare(servers[0], missing)


def test_every_service_of_the_product_is_prepared() -> None:
    line = next(
        line
        for line in (FILES / "prepare.sh").read_text().splitlines()
        if line.startswith("for service in")
    )
    assert tuple(line.removeprefix("for service in ").removesuffix("; do").split()) == SERVICES
