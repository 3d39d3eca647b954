"""Whoever hammers is told to wait; people at work and the installation's own services never are."""

import pytest

from shared.http.bounds import Limits
from shared.http.limiting import RateLimits, TooOften
from shared.http.tokens import Caller
from shared.kernel.actors import person, service
from shared.kernel.ids import id_of

LI, WANG = (Caller(person(id_of("person", code)), "web") for code in ("E1", "E2"))


@pytest.fixture
def rates() -> RateLimits:
    return RateLimits(Limits(commands_a_minute=3, reads_a_minute=5, strangers_a_minute=2))


def test_the_limit_is_each_persons_own(rates: RateLimits) -> None:
    for _ in range(3):
        rates.count(LI, reads=False)
    with pytest.raises(TooOften) as refusal:
        rates.count(LI, reads=False)
    assert 1 <= refusal.value.details["retry_after"] <= 60
    rates.count(WANG, reads=False)


def test_reads_and_commands_are_counted_apart(rates: RateLimits) -> None:
    for _ in range(3):
        rates.count(LI, reads=False)
    for _ in range(5):
        rates.count(LI, reads=True)
    with pytest.raises(TooOften):
        rates.count(LI, reads=True)


@pytest.mark.parametrize(
    "caller",
    [
        Caller(service("goals"), "goals"),
        Caller(service("web"), "web"),
        Caller(LI.actor, "host"),
        Caller(service("import", LI.person), "host"),
    ],
)
def test_the_installations_own_services_are_not_counted(rates: RateLimits, caller: Caller) -> None:
    for _ in range(20):
        rates.count(caller, reads=False)
        rates.count(caller, reads=True)


def test_strangers_are_counted_by_their_network(rates: RateLimits) -> None:
    for _ in range(2):
        rates.count_stranger("203.0.113.0/24")
    with pytest.raises(TooOften):
        rates.count_stranger("203.0.113.0/24")
    rates.count_stranger("198.51.100.0/24")
    rates.count_stranger(None)
