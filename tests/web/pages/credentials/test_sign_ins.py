"""Of whoever tries, the log keeps what is needed to see a pattern, and no more."""

import pytest

from services.web.pages.credentials.sign_ins import network_of, tried_hash


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2:3::4", "2001:db8:1::/48"),
        ("testclient", ""),
    ],
)
def test_an_address_is_kept_as_its_network(address: str, network: str) -> None:
    assert network_of(address) == network


def test_a_tried_name_is_recognised_however_it_is_written_and_by_this_house_alone() -> None:
    assert tried_hash("key", " Wang.Lei ") == tried_hash("key", "wang.lei")
    assert tried_hash("key", "wang.lei") != tried_hash("other key", "wang.lei")
    assert len(tried_hash("key", "wang.lei")) == 32
