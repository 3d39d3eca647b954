"""Keys change while a service runs, and nobody who signed before is sent away."""

from time import monotonic, time

import pytest
from pydantic import SecretStr

from shared.eventing.master_key import draw_master_key
from shared.http.settings import PublicKey, ServiceSettings
from shared.http.signing import Signing
from shared.http.tokens import SECONDS, IdentityRefused, KeyPair, NotSignedIn, new_key_pair

OLD, NEW = new_key_pair(), new_key_pair()


def settings(signs: str, **known: KeyPair) -> ServiceSettings:
    pairs = {"old": OLD, "new": NEW}
    return ServiceSettings(
        database_url=SecretStr("postgresql://nowhere"),
        master_key=SecretStr(draw_master_key()),
        keyring={n: PublicKey(identity="goals", public=pair.public) for n, pair in known.items()},
        key_id=signs,
        private_key=SecretStr(pairs[signs].private),
    )


def test_the_keys_taken_last_sign_and_those_of_the_keyring_are_believed() -> None:
    goals = Signing("goals", settings("old", old=OLD))
    before = goals.token_for("goals")
    goals.take(settings("new", old=OLD, new=NEW))
    after = goals.token_for("goals")
    assert {goals.verifier.verify(one).identity for one in (before, after)} == {"goals"}
    goals.take(settings("new", new=NEW))
    assert goals.verifier.verify(after).identity == "goals"
    with pytest.raises(NotSignedIn):
        goals.verifier.verify(before)


def test_a_wall_stays_a_wall_whatever_the_keys() -> None:
    walled = Signing("metrics", settings("old", old=OLD), frozenset({"goals"}))
    walled.take(settings("new", new=NEW))
    other = Signing("goals", settings("new", new=NEW))
    with pytest.raises(IdentityRefused):
        walled.verifier.verify(other.token_for("metrics"))


def test_a_followers_token_serves_for_half_its_life(monkeypatch: pytest.MonkeyPatch) -> None:
    goals = Signing("goals", settings("old", old=OLD))
    now, minted = monotonic(), goals.token_for("metrics")
    assert goals.token_for("metrics") == minted != goals.token_for("appraisal")
    monkeypatch.setattr("shared.http.signing.monotonic", lambda: now + SECONDS)
    monkeypatch.setattr("shared.http.tokens.time.time", lambda: time() + SECONDS)
    assert goals.token_for("metrics") != minted
