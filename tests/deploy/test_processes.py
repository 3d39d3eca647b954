"""The compose file's commands, run as plain processes, make a house that works."""

import json
from collections.abc import Iterator
from urllib.request import urlopen

import pytest

from services.host.provisioning import SERVICES
from tests.support.children import until
from tests.support.composed import Composed, running_processes

RECORDING = [name for name in SERVICES if name != "web"]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Composed]:
    with running_processes(tmp_path_factory.mktemp("house"), SERVICES) as house:
        yield house


@pytest.mark.parametrize("service", RECORDING)
def test_a_service_is_ready(house: Composed, service: str) -> None:
    with urlopen(f"{house.url(service)}/health/ready", timeout=10) as answer:
        assert json.load(answer)["status"] == "ready"


def test_the_pages_are_served(house: Composed) -> None:
    with urlopen(house.url("web"), timeout=10) as answer:
        assert answer.headers["Content-Type"].startswith("text/html")


def test_every_process_goes_on_working(house: Composed) -> None:
    ended = {name: child.tail() for name, child in house.children.items() if not child.is_running}
    assert ended == {}


def test_every_process_stops_when_it_is_asked_to(house: Composed) -> None:
    for child in house.children.values():
        child.process.terminate()
    for name, child in house.children.items():
        until(lambda child=child: not child.is_running, 60, f"the end of {name}")
    codes = {name: child.process.returncode for name, child in house.children.items()}
    assert {name: code for name, code in codes.items() if code not in (0, -15)} == {}
