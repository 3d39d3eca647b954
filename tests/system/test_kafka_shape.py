"""The demo quarter with a process per role and Kafka between them, the broker wiped midway."""

from pathlib import Path

import pytest

from services.host.house import RECORDING
from shared.eventing.kafka_topics import read_plan
from tests.support.brokers import PLAN, ApacheKafka, SmallBroker
from tests.support.children import until
from tests.support.postgres import Databases
from tests.support.processes import Processes, running_processes
from tests.system.quarter import Quarter, must_show_the_first_half, must_show_the_quarter

pytestmark = [pytest.mark.system, pytest.mark.timeout(420)]


@pytest.fixture(params=["small", pytest.param("apache", marks=pytest.mark.kafka)])
def broker(request: pytest.FixtureRequest) -> SmallBroker | ApacheKafka:
    name = "small_broker" if request.param == "small" else "apache_kafka"
    found: SmallBroker | ApacheKafka = request.getfixturevalue(name)
    return found


def test_the_quarter_shows_what_it_must_though_the_broker_is_wiped(
    databases: Databases, broker: SmallBroker | ApacheKafka, tmp_path: Path
) -> None:
    access = {name: databases(name) for name in RECORDING}
    with running_processes(access, broker, tmp_path) as house, Quarter(house, access) as quarter:
        quarter.live_the_first_half()
        must_show_the_first_half(quarter)
        broker.wipe()
        quarter.live_the_second_half()
        must_show_the_quarter(quarter)
        until(lambda: every_follower_was_live_again(house), seconds=60)
        assert {name: house.findings(name) for name in access} == {name: [] for name in access}
        assert [name for name, code in house.stop().items() if code != 0] == []


def every_follower_was_live_again(house: Processes) -> bool:
    """Whether every process that follows neighbours was live on each topic before and after."""
    return all(
        house.children[service, "follow"].said.count(f"{feed} is live over its topic") >= 2
        for service in RECORDING
        for feed in read_plan(PLAN).principals[service].reads
    )
