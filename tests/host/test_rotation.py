"""Keys change while everything goes on: nobody is sent away, nothing becomes unreadable."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import httpx2
import psycopg
import pytest

from services.host import rotation
from services.host.house import House
from services.host.installation import Installation
from services.host.reach import Declined, Reach, reached
from services.host.rotation import BELIEVED_YET, rotate, states
from services.host.running import standing
from shared.eventing.master_key import MasterKeys
from shared.kernel.actors import service
from tests.support.children import until
from tests.support.postgres import folder_for_postgres
from tests.support.sources import ROOT

WANG = UUID(int=21)
PEOPLE = 20_000


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with folder_for_postgres() as parent:
        yield parent / "data"


def name_of(reach: Reach) -> str:
    return str(reach.get("directory", f"/people/{WANG}")["person"]["name"])


def employ(reach: Reach) -> None:
    entry = {"person_id": str(WANG), "name": "王磊", "name_en": "Wang Lei"}
    body = {"people": [entry | {"effective_from": "2026-01-01"}]}
    reach.command("directory", "register-people", body)


def status_of(token: str, reach: Reach) -> int:
    headers = {"Authorization": f"Bearer {token}"}
    url = f"{reach.url('directory')}/people/{WANG}"
    return httpx2.get(url, headers=headers, trust_env=False).status_code


def masters_in_use(reach: Reach) -> set[str]:
    with psycopg.connect(reach.access["directory"].runtime) as connection:
        query = "SELECT DISTINCT master FROM log.subject_keys WHERE wrapped IS NOT NULL"
        return {str(row[0]) for row in connection.execute(query)}


def test_while_cairn_runs_tokens_signed_before_are_believed_and_names_stay_readable(
    folder: Path,
) -> None:
    installation = Installation(folder)
    with standing(installation, web={}) as (house, reach):
        employ(reach)
        before, old = installation.keys(), reach.token(service("host"), "directory")
        wrapped = rotate(installation)
        after = installation.keys()
        assert wrapped["directory"] == 1
        assert house.keys.state == after.state
        for name, pair in before.pairs.items():
            assert after.pairs[name] != pair, name
        assert not set(before.masters.values()) & set(after.masters.values())
        assert after.former_masters == dict.fromkeys(after.masters, ())
        assert status_of(old, reach) == 200
        with reached(installation) as fresh:
            assert status_of(fresh.token(service("host"), "directory"), fresh) == 200
            house.services["directory"].subject_keys.drop()
            assert name_of(fresh) == "王磊"
            assert masters_in_use(fresh) == {MasterKeys(after.masters["directory"]).current}
            _followers_and_pages_sign_with_the_new_keys(house, fresh)
        later = installation.kept_keys.keys(datetime.now(UTC) + BELIEVED_YET)
        assert set(later.keyring) == {later.key_id(name) for name in later.pairs}
    _a_house_that_starts_anew_needs_nothing_of_before(installation, before.masters["directory"])


def _followers_and_pages_sign_with_the_new_keys(house: House, reach: Reach) -> None:
    house.take_keys(replace(house.keys, others={}))
    before = reach.get("goals", "/health/ready")["tables"]
    entry = {"person_id": str(uuid4()), "name": "李娜", "name_en": "Li Na"}
    body = {"people": [entry | {"effective_from": "2026-01-01"}]}
    reach.command("directory", "register-people", body)

    def followed() -> bool:
        now = reach.get("goals", "/health/ready")["tables"]
        return [t["position"] for t in now] != [t["position"] for t in before]

    until(followed, 20, "goals follows the directory")
    answer = httpx2.get(f"{house.address}/health/ways-in", trust_env=False)
    assert answer.status_code == 200


def _a_house_that_starts_anew_needs_nothing_of_before(installation: Installation, old: str) -> None:
    with reached(installation) as reach:
        assert name_of(reach) == "王磊"
        assert old not in (installation.folder / "master-keys.json").read_text()


def test_while_nothing_runs_keys_change_too_and_again(folder: Path) -> None:
    installation = Installation(folder)
    first = installation.keys()
    rotate(installation)
    rotate(installation)
    with reached(installation) as reach:
        assert name_of(reach) == "王磊"
        known = {one.service: one for one in states(installation, reach)}
    assert installation.keys().state != first.state
    assert (known["directory"].former_masters, known["directory"].strange) == (0, 0)
    assert known["directory"].peoples == 2
    assert known["web"].master_drawn_at is None


def test_killed_in_the_middle_everything_is_readable_and_the_next_run_finishes(
    folder: Path,
) -> None:
    installation = Installation(folder)
    with standing(installation, web={}) as (house, reach):
        house.services["directory"].subject_keys.for_writing({uuid4().hex for _ in range(PEOPLE)})
        before = installation.keys()
        _killed_half_way(installation, reach)
        drawn = installation.keys()
        assert drawn.former_masters["directory"] == (before.masters["directory"],)
        house.services["directory"].subject_keys.drop()
        with reached(installation) as fresh:
            assert name_of(fresh) == "王磊"
            known = {one.service: one for one in states(installation, fresh)}
            assert 0 < known["directory"].strange < PEOPLE
            wrapped = rotate(installation)
            assert wrapped["directory"] == known["directory"].strange
        assert installation.keys().masters == drawn.masters
        assert installation.keys().former_masters["directory"] == ()
    with reached(installation) as fresh:
        assert name_of(fresh) == "王磊"
        assert masters_in_use(fresh) == {MasterKeys(drawn.masters["directory"]).current}


def _killed_half_way(installation: Installation, reach: Reach) -> None:
    """Kill a rotation as soon as a part of the keys is wrapped anew."""
    command = [sys.executable, "-m", "services.host", "keys", "rotate"]
    child = subprocess.Popen(
        [*command, "--data", str(installation.folder)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    try:
        until(lambda: len(masters_in_use(reach)) > 1 or child.poll() is not None, 60, "a part")
        child.send_signal(signal.SIGKILL)
    finally:
        child.kill()
        child.wait(10)
    assert len(masters_in_use(reach)) == 2


def test_a_rotation_that_is_cut_off_at_any_step_is_finished_by_the_next(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installation = Installation(folder)
    steps = ("with_coming_keys", "signing_with_coming", "wrapped_anew", "without_former")
    with standing(installation) as (house, _):
        for step in steps:
            with monkeypatch.context() as patch:
                patch.setattr(rotation, step, _cut_off)
                with pytest.raises(InterruptedError):
                    rotate(installation)
            house.services["directory"].subject_keys.drop()
            with reached(installation) as reach:
                assert name_of(reach) == "王磊", step
            rotate(installation)
            house.services["directory"].subject_keys.drop()
            with reached(installation) as reach:
                assert name_of(reach) == "王磊", step
                one = next(s for s in states(installation, reach) if s.service == "directory")
            assert (one.former_masters, one.strange) == (0, 0), step


def _cut_off(*_: object) -> None:
    raise InterruptedError


def test_a_running_cairn_that_takes_no_keys_is_said_and_nothing_is_lost(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rotation, "TAKEN_WITHIN", 0.3)
    installation = Installation(folder)
    before = installation.keys()
    with (
        installation.database() as (admin, _),
        installation.announced("http://[::1]:1", admin),
        pytest.raises(Declined, match="has not taken the new keys"),
    ):
        rotate(installation)
    after = installation.keys()
    assert after.pairs == before.pairs
    assert after.former_masters["goals"] == (before.masters["goals"],)
    rotate(installation)
    assert installation.keys().former_masters["goals"] == ()


def test_what_was_signed_just_before_outlives_its_key() -> None:
    assert timedelta(seconds=65) < BELIEVED_YET < timedelta(minutes=5)
