"""What each service's roles may do in their database, and that nobody enters another's."""

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from services.host.provisioning import Access, close_doors, provision
from tests.support.postgres import SECRET, Databases


@pytest.fixture(scope="module")
def goals(module_databases: Databases) -> Access:
    made = module_databases("goals")
    with psycopg.connect(made.owner) as owner:
        owner.execute("CREATE SCHEMA log")
    return made


@pytest.fixture(scope="module")
def metrics(module_databases: Databases) -> Access:
    return module_databases("metrics")


def test_the_owner_makes_the_log_and_the_service_reads_it(goals: Access) -> None:
    with psycopg.connect(goals.owner) as owner:
        owner.execute("CREATE TABLE log.facts (position bigint)")
        owner.execute("INSERT INTO log.facts VALUES (1)")
    with psycopg.connect(goals.runtime) as service:
        assert service.execute("SELECT position FROM log.facts").fetchall() == [(1,)]


@pytest.mark.parametrize(
    "attempt",
    [
        "INSERT INTO log.readonly VALUES (2)",
        "UPDATE log.readonly SET position = 2",
        "DELETE FROM log.readonly",
        "TRUNCATE log.readonly",
        "DROP TABLE log.readonly",
        "CREATE TABLE log.another ()",
        "CREATE TABLE public.another ()",
        "SELECT log.not_granted()",
    ],
)
def test_the_service_cannot_touch_what_is_recorded(goals: Access, attempt: str) -> None:
    with psycopg.connect(goals.owner) as owner:
        owner.execute("CREATE TABLE IF NOT EXISTS log.readonly (position bigint)")
        owner.execute(
            "CREATE OR REPLACE FUNCTION log.not_granted() RETURNS int LANGUAGE sql AS 'SELECT 1'"
        )
    with (
        psycopg.connect(goals.runtime) as service,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        service.execute(attempt)


def test_the_service_may_call_what_a_migration_grants(goals: Access) -> None:
    with psycopg.connect(goals.owner) as owner:
        runtime = psycopg.conninfo.conninfo_to_dict(goals.runtime)["user"]
        owner.execute("CREATE FUNCTION log.granted() RETURNS int LANGUAGE sql AS 'SELECT 1'")
        owner.execute(f'GRANT EXECUTE ON FUNCTION log.granted() TO "{runtime}"')
    with psycopg.connect(goals.runtime) as service:
        assert service.execute("SELECT log.granted()").fetchone() == (1,)


def test_the_service_owns_the_schemas_of_its_tables(goals: Access) -> None:
    with psycopg.connect(goals.runtime) as service:
        service.execute("CREATE SCHEMA objectives_tables")
        service.execute("CREATE TABLE objectives_tables.objective (id uuid)")


def test_nobody_enters_the_database_of_another_service(goals: Access, metrics: Access) -> None:
    for role in (goals.runtime, goals.owner):
        elsewhere = make_conninfo(
            role, dbname=psycopg.conninfo.conninfo_to_dict(metrics.runtime)["dbname"]
        )
        with pytest.raises(psycopg.OperationalError, match="permission denied"):
            psycopg.connect(elsewhere)


def test_on_a_server_of_our_own_the_common_databases_are_closed_too(
    postgres: str, goals: Access
) -> None:
    close_doors(postgres)
    with pytest.raises(psycopg.OperationalError, match="permission denied"):
        psycopg.connect(make_conninfo(goals.runtime, dbname="postgres"))


def test_provisioning_again_keeps_data_and_connections(
    postgres: str, module_databases: Databases
) -> None:
    first = provision(postgres, "web", SECRET, "again_")
    module_databases._made.append("again_web")
    with psycopg.connect(first.runtime) as service:
        service.execute("CREATE SCHEMA sessions")
    assert provision(postgres, "web", SECRET, "again_") == first
    with psycopg.connect(first.runtime) as service:
        found = service.execute("SELECT 1 FROM pg_namespace WHERE nspname = 'sessions'")
        assert found.fetchone() == (1,)


def test_roles_are_ordinary_ones(postgres: str, goals: Access) -> None:
    with psycopg.connect(goals.runtime) as service:
        found = service.execute(
            "SELECT rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls"
            " FROM pg_roles WHERE rolname = current_user"
        )
        assert found.fetchone() == (False, False, False, False, False)
