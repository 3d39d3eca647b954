"""Secrets of a deployment are drawn, never chosen, and each is its own."""

import json

from services.host.deployment_secrets import as_env_file, draw
from services.host.provisioning import SERVICES
from shared.http.tokens import Minter


def test_no_two_secrets_are_alike_and_no_two_draws() -> None:
    first, second = draw(), draw()
    assert len(set(first.values())) == len(first)
    assert set(first.values()) & set(second.values()) == set()


def test_everybody_is_in_the_keyring_and_only_web_speaks_for_people() -> None:
    keyring = json.loads(draw()["CAIRN_KEYRING"])
    assert set(keyring) == set(SERVICES)
    assert [name for name, key in keyring.items() if key["speaks_for_people"]] == ["web"]


def test_a_private_key_fits_its_public_one() -> None:
    drawn = draw()
    public = json.loads(drawn["CAIRN_KEYRING"])["goals"]["public"]
    minter = Minter("goals", drawn["CAIRN_GOALS_PRIVATE_KEY"], public)
    assert minter.mint_own("goals", "metrics").count(".") == 2


def test_the_file_keeps_every_value_as_it_is() -> None:
    assert as_env_file({"A": '{"b":1}', "C": "x$y"}) == "A='{\"b\":1}'\nC='x$y'\n"
