"""The files of keys: drawn once, read as they ever were, written whole or not at all."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from services.host.house import fresh_keys
from services.host.kept_keys import (
    FormerKey,
    KeptKeys,
    KeysAreTurning,
    new_signing_key,
    write_whole,
)
from shared.eventing.master_key import draw_master_key

NOW = datetime(2026, 9, 18, 4, 0, tzinfo=UTC)


def test_keys_are_drawn_once_and_readable_by_their_owner_alone(tmp_path: Path) -> None:
    kept = KeptKeys(tmp_path / "data")
    assert kept.keys() == KeptKeys(tmp_path / "data").keys()
    files = sorted(path.name for path in (tmp_path / "data").iterdir())
    assert files == ["master-keys.json", "signing-keys.json"]
    for name in files:
        assert (tmp_path / "data" / name).stat().st_mode & 0o777 == 0o600


def test_what_an_earlier_release_kept_goes_on_working(tmp_path: Path) -> None:
    pairs = fresh_keys(("goals", "web")).pairs
    (tmp_path / "signing-keys.json").write_text(json.dumps({n: vars(p) for n, p in pairs.items()}))
    master = draw_master_key()
    (tmp_path / "master-keys.json").write_text(json.dumps({"goals": master}))
    kept = KeptKeys(tmp_path)
    assert kept.keys().pairs == pairs
    assert kept.keys().masters == {"goals": master}
    assert set(kept.keys().keyring) == {"goals", "web", "host"}
    assert (datetime.now(UTC) - kept.signing()["goals"].current.drawn_at) < timedelta(minutes=5)


def test_a_former_key_is_believed_until_its_end_and_a_coming_one_at_once(tmp_path: Path) -> None:
    kept = KeptKeys(tmp_path)
    signing = kept.signing()
    old, coming = signing["web"].current, new_signing_key("web", NOW)
    former = FormerKey(key_id="web-before", public=old.public, until=NOW)
    signing["web"] = signing["web"].model_copy(update={"coming": coming, "former": (former,)})
    kept.keep_signing(signing)
    before, after = (kept.keys(NOW + timedelta(seconds=s)).keyring for s in (-1, 0))
    assert before.keys() - after.keys() == {"web-before"}
    assert after[coming.key_id].public == coming.public
    assert after[coming.key_id].speaks_for_people
    assert kept.keys(NOW).key_id("web") == old.key_id
    assert kept.keys(NOW - timedelta(seconds=1)).state != kept.keys(NOW).state


def test_one_rotation_at_a_time(tmp_path: Path) -> None:
    one, other = KeptKeys(tmp_path), KeptKeys(tmp_path)
    with one.turning(), pytest.raises(KeysAreTurning, match="Wait"), other.turning():
        raise AssertionError
    with other.turning():
        pass


def test_a_file_that_cannot_be_written_leaves_the_former_one(tmp_path: Path) -> None:
    file = tmp_path / "keys"
    write_whole(file, "before")
    with pytest.raises(UnicodeEncodeError):
        write_whole(file, "\ud800")
    assert [one.read_text() for one in tmp_path.iterdir()] == ["before"]
