"""The folder of an installation: secrets drawn once, and a note of who runs on it."""

import json
import os
from pathlib import Path

import psutil

from services.host.installation import Installation


def test_secret_and_keys_are_drawn_once_and_readable_by_the_owner_alone(tmp_path: Path) -> None:
    first, again = Installation(tmp_path / "data"), Installation(tmp_path / "data")
    assert first.secret() == again.secret()
    assert first.keys() == again.keys()
    assert set(first.keys().pairs) >= {"directory", "goals", "metrics", "appraisal", "web", "host"}
    for name in ("roles-secret", "signing-keys.json"):
        assert (tmp_path / "data" / name).stat().st_mode & 0o777 == 0o600


def test_only_web_and_host_may_speak_for_people(tmp_path: Path) -> None:
    keyring = Installation(tmp_path).keys().keyring
    assert {key.identity for key in keyring.values() if key.speaks_for_people} == {"web", "host"}


def test_who_runs_is_announced_until_the_end(tmp_path: Path) -> None:
    installation = Installation(tmp_path)
    assert installation.running() is None
    with installation.announced("http://127.0.0.1:1", "postgresql://nobody"):
        running = installation.running()
        assert running is not None
        assert (running.pid, running.address) == (os.getpid(), "http://127.0.0.1:1")
    assert installation.running() is None


def test_a_note_of_a_process_that_is_gone_is_not_believed(tmp_path: Path) -> None:
    gone = next(pid for pid in range(100_000, 4_000_000) if not psutil.pid_exists(pid))
    for pid in (gone, os.getpid()):  # nobody's id, and one that was given to another process
        note = {"pid": pid, "born": 1.5, "address": "x", "admin": "y"}
        (tmp_path / "running.json").write_text(json.dumps(note))
        assert Installation(tmp_path).running() is None
    (tmp_path / "running.json").write_text("half a no")
    assert Installation(tmp_path).running() is None
