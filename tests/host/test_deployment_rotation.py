"""Other keys for a deployment: whoever is a step behind or ahead understands everybody."""

import json
from itertools import pairwise

import pytest

from services.host.deployment_rotation import (
    NothingIsComing,
    announce,
    retire,
    switch,
    values_of,
)
from services.host.deployment_secrets import as_env_file, draw
from services.host.provisioning import SERVICES
from shared.eventing.master_key import MasterKeys, MasterKeyUnknown
from shared.http.settings import PublicKey
from shared.http.tokens import Minter, NotSignedIn, Verifier

Values = dict[str, str]
LOGS = [name for name in SERVICES if name != "web"]
SUBJECT, KEY = b"s" * 16, b"k" * 32


def token(values: Values, service: str) -> str:
    name = f"CAIRN_{service.upper()}_"
    key_id = values.get(f"{name}KEY_ID", service)
    public = json.loads(values["CAIRN_KEYRING"])[key_id]["public"]
    if service == "web":
        assert values["CAIRN_WEB_PUBLIC_KEY"] == public
    return Minter(key_id, values[f"{name}PRIVATE_KEY"], public).mint_own(service, "goals")


def believes(values: Values, said: str) -> str:
    keyring = {k: PublicKey(**one) for k, one in json.loads(values["CAIRN_KEYRING"]).items()}
    return Verifier("goals", keyring).verify(said).identity


def masters(values: Values, service: str) -> MasterKeys:
    name = f"CAIRN_{service.upper()}_"
    former = json.loads(values.get(f"{name}FORMER_MASTER_KEYS", "[]"))
    return MasterKeys(values[f"{name}MASTER_KEY"], former)


def all_steps() -> list[Values]:
    drawn = draw()
    announced = announce(drawn)
    switched = switch(announced)
    return [drawn, announced, switched, retire(switched)]


def test_a_step_apart_everybody_believes_everybody() -> None:
    for one, other in pairwise(all_steps()):
        for here, there in ((one, other), (other, one)):
            for service in SERVICES:
                assert believes(there, token(here, service)) == service


def test_a_step_apart_everybody_opens_what_others_wrap_for_people() -> None:
    for one, other in pairwise(all_steps()):
        for here, there in ((one, other), (other, one)):
            for service in LOGS:
                mine = masters(here, service)
                wrapped = mine.wrap(SUBJECT, KEY)
                assert masters(there, service).unwrap(mine.current, SUBJECT, wrapped) == KEY


def test_in_the_end_nothing_of_before_is_believed_or_needed() -> None:
    first, *_, last = all_steps()
    for service in SERVICES:
        with pytest.raises(NotSignedIn):
            believes(last, token(first, service))
    for service in LOGS:
        before = masters(first, service)
        with pytest.raises(MasterKeyUnknown):
            masters(last, service).unwrap(before.current, SUBJECT, before.wrap(SUBJECT, KEY))
    keyring = json.loads(last["CAIRN_KEYRING"])
    assert [one["identity"] for one in keyring.values() if one["speaks_for_people"]] == ["web"]
    assert len(keyring) == len(SERVICES)
    assert not any("COMING" in name for name in last)


def test_a_step_that_is_repeated_changes_nothing() -> None:
    first = announce(draw())
    assert announce(first) == first
    assert retire(first) == first
    last = retire(switch(first))
    assert retire(last) == last
    with pytest.raises(NothingIsComing, match="announce"):
        switch(last)


def test_the_file_is_read_as_it_was_written_and_other_values_stay() -> None:
    values = draw() | {"CAIRN_TIME_ZONE": "Asia/Shanghai", "CAIRN_PROVIDERS": '[{"name": "corp"}]'}
    text = "# words\n\n" + as_env_file(values) + "PLAIN=x=y\n"
    assert values_of(text) == values | {"PLAIN": "x=y"}
    assert announce(values)["CAIRN_PROVIDERS"] == values["CAIRN_PROVIDERS"]
