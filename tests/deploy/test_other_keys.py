"""A deployment's keys are exchanged in three steps, with real processes that are a step apart."""

from collections.abc import Iterator
from uuid import uuid4

import httpx2
import psycopg
import pytest

from services.host.deployment_rotation import announce, retire, switch
from shared.kernel.actors import service
from tests.support.composed import Composed, running_processes

WANG = str(uuid4())
API = "directory-api"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Composed]:
    with running_processes(tmp_path_factory.mktemp("keys"), ["directory"]) as house:
        yield house


def ask(house: Composed, token: str) -> httpx2.Response:
    headers = {"Authorization": f"Bearer {token}"}
    url = f"{house.url('directory')}/people/{WANG}"
    return httpx2.get(url, headers=headers, trust_env=False, timeout=30)


def register(house: Composed) -> None:
    entry = {"person_id": WANG, "name": "王磊", "name_en": "Wang Lei"}
    answer = httpx2.post(
        f"{house.url('directory')}/commands/register-people",
        json={"people": [entry | {"effective_from": "2026-01-01"}]},
        headers={
            "Authorization": f"Bearer {house.token(service('import'), 'directory')}",
            "Idempotency-Key": str(uuid4()),
        },
        trust_env=False,
    )
    assert answer.status_code == 200, answer.text


def masters(house: Composed) -> set[str]:
    told = house.environment(API)["CAIRN_DIRECTORY_DATABASE_URL"]
    with psycopg.connect(told) as connection:
        return {str(r[0]) for r in connection.execute("SELECT master FROM log.subject_keys")}


def test_nobody_notices_and_in_the_end_nothing_of_before_is_needed(house: Composed) -> None:
    register(house)
    first = masters(house)
    for step in (announce, switch):
        before = house.token(service("import"), "directory")
        house.turn(step(house.secrets), API)
        house.answers("directory")
        for token in (before, house.token(service("import"), "directory")):
            answer = ask(house, token)
            assert answer.status_code == 200, answer.text
            assert answer.json()["person"]["name"] == "王磊"
    assert masters(house) == first
    wrapped = house.once(API, "rewrap")
    assert (wrapped.returncode, wrapped.stdout) == (0, "directory: 1 keys wrapped anew\n")
    house.turn(retire(house.secrets), API)
    house.answers("directory")
    assert ask(house, before).status_code == 401
    answer = ask(house, house.token(service("import"), "directory"))
    assert answer.json()["person"]["name"] == "王磊"
    assert masters(house) & first == set()
