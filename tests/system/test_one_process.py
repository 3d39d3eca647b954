"""The demo quarter in one process, with feeds pulled over HTTP."""

import pytest

from services.host.house import RECORDING, House
from tests.support.postgres import Databases
from tests.system.quarter import Quarter, must_show_the_first_half, must_show_the_quarter

pytestmark = [pytest.mark.system, pytest.mark.timeout(300)]


def test_the_quarter_shows_what_it_must(databases: Databases) -> None:
    access = {name: databases(name) for name in RECORDING}
    with House(access) as house, Quarter(house, access) as quarter:
        quarter.live_the_first_half()
        must_show_the_first_half(quarter)
        quarter.live_the_second_half()
        must_show_the_quarter(quarter)
