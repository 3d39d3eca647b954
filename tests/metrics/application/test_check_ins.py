"""Check-ins over HTTP: who may, what is recorded, what the ledger shows."""

from datetime import timedelta
from uuid import uuid4

import pytest

from services.host.house import fresh_keys
from shared.kernel.actors import Actor, person, service
from tests.support.house import running
from tests.support.metrics_world import (
    CHEN,
    CUSTOMERS,
    FOLLOWED,
    HU,
    LAUNCH,
    LI,
    OBJECTIVE,
    PORTAL,
    QUALITY,
    WU,
    ZHAO,
    a_world,
)


@pytest.fixture(scope="module")
def world(module_databases):
    keys = fresh_keys(("directory", "goals", "metrics", "appraisal"))
    with running(module_databases, "directory", "goals", "metrics", keys=keys) as house:
        yield a_world(house)


@pytest.fixture
def chen(world):
    with world.speaking(person(CHEN)) as me:
        yield me


def check_in(key_result=CUSTOMERS, **said):
    return {"check_ins": [{"key_result_id": str(key_result), **said}]}


def refused(answer, status, code, field=None):
    told = answer.json()
    assert (answer.status_code, told["code"]) == (status, code), told
    if field is not None:
        assert told["field"] == field
    return told


def test_a_check_in_is_seen_at_once(chen, world):
    said = {"value": "120", "confidence": 7, "progress": "three signed"}
    done = chen.done("check-in", check_in(**said))
    ledger = chen.read(f"/key-results/{CUSTOMERS}/check-ins")
    entry = ledger["items"][-1]
    assert done["entries"] == [entry["entry_id"]]
    assert {k: entry[k] for k in said} == said
    assert (entry["actor"], entry["responsible_id"]) == (str(CHEN), str(CHEN))
    assert (entry["observed_on"], entry["late"]) == (str(world.today), False)
    assert ledger["series"][-1]["value"] == "120"


def test_the_manager_and_the_champion_may_check_in_for_their_people(world):
    for n, who in enumerate((LI, ZHAO)):
        with world.speaking(person(who)) as me:
            me.done("check-in", check_in(PORTAL, confidence=n))
            entry = me.read(f"/key-results/{PORTAL}/check-ins")["items"][-1]
            assert (entry["actor"], entry["responsible_id"]) == (str(who), str(CHEN))


def test_a_colleague_and_hr_may_not(world):
    for who in (WU, HU):
        with world.speaking(person(who)) as me:
            refused(me.ask("check-in", check_in(confidence=1)), 403, "NotAskedToCheckIn")


def test_an_unknown_key_result_is_refused_where_it_stands(chen):
    body = {"check_ins": [*check_in(confidence=3)["check_ins"], *check_in(uuid4())["check_ins"]]}
    refused(chen.ask("check-in", body), 404, "KeyResultIsUnknown", "check_ins[1].key_result_id")


@pytest.mark.parametrize(
    ("key_result", "said", "code", "field"),
    [
        (CUSTOMERS, {}, "NothingSaid", "check_ins[0]"),
        (CUSTOMERS, {"level": "good"}, "NumberExpected", "check_ins[0].value"),
        (PORTAL, {"value": "2"}, "YesOrNoExpected", "check_ins[0].value"),
        (LAUNCH, {"value": "1"}, "MilestonesExpected", "check_ins[0].milestones_done"),
        (QUALITY, {"level": "great"}, "LevelExpected", "check_ins[0].level"),
        (FOLLOWED, {"value": "1"}, "KeyResultFollowsKpi", "check_ins[0].value"),
        (CUSTOMERS, {"value": "many"}, "NotWellFormed", "check_ins[0].value"),
        (CUSTOMERS, {"value": "NaN"}, "NotWellFormed", "check_ins[0].value"),
        (CUSTOMERS, {"confidence": 11}, "NotWellFormed", "check_ins[0].confidence"),
    ],
)
def test_wrong_input_names_its_field(chen, key_result, said, code, field):
    refused(chen.ask("check-in", check_in(key_result, **said)), 422, code, field)


def test_a_future_day_is_refused(chen, world):
    tomorrow = str(world.today + timedelta(days=1))
    answer = chen.ask("check-in", check_in(value="1", observed_on=tomorrow))
    refused(answer, 422, "DayLiesAhead", "check_ins[0].observed_on")


def test_milestones_and_levels_are_said_by_name(chen):
    chen.done("check-in", check_in(LAUNCH, milestones_done=["design"]))
    chen.done("check-in", check_in(QUALITY, level="good"))
    assert chen.read(f"/key-results/{LAUNCH}/check-ins")["items"][-1]["milestones_done"] == [
        "design"
    ]
    assert chen.read(f"/key-results/{QUALITY}/check-ins")["items"][-1]["level"] == "good"


def test_a_correction_shows_what_was_said_before(chen, world):
    entry_id = str(uuid4())
    day = str(world.today - timedelta(days=7))
    chen.done("check-in", check_in(value="99", observed_on=day, entry_id=entry_id))
    correction = {
        "key_result_id": str(CUSTOMERS),
        "entry_id": entry_id,
        "correction_id": str(uuid4()),
        "value": "90",
        "observed_on": day,
        "reason": "counted twice",
    }
    before = entry_of(chen, day)["recorded_at"]
    chen.done("correct-check-ins", {"corrections": [correction]})
    chen.done("correct-check-ins", {"corrections": [correction]})
    now = entry_of(chen, day)
    assert (now["value"], now["late"]) == ("90", True)
    assert [(c["value"], c["actor"]) for c in now["corrected"]] == [("99", str(CHEN))]
    world.complete_through(chen, now["corrected"][0]["recorded_at"])
    then = entry_of(chen, day, as_of=before)
    assert (then["value"], then["corrected"]) == ("99", [])


def entry_of(me, day, **asked):
    items = me.read(f"/key-results/{CUSTOMERS}/check-ins", **asked)["items"]
    return next(one for one in items if one["observed_on"] == day)


def test_a_withdrawn_entry_stays_readable_and_does_not_count(chen, world):
    day = str(world.today - timedelta(days=9))
    entry_id = chen.done("check-in", check_in(value="77", observed_on=day))["entries"][0]
    withdrawal = {"key_result_id": str(CUSTOMERS), "entry_id": entry_id, "reason": "wrong line"}
    chen.done("withdraw-check-ins", {"withdrawals": [withdrawal]})
    ledger = chen.read(f"/key-results/{CUSTOMERS}/check-ins")
    assert entry_of(chen, day)["withdrawn"]
    assert day not in [point["on"] for point in ledger["series"]]


def test_the_same_request_is_answered_once_and_other_content_is_refused(chen):
    key, body = str(uuid4()), check_in(value="130", confidence=6)
    first = chen.ask("check-in", body, **{"Idempotency-Key": key})
    second = chen.ask("check-in", body, **{"Idempotency-Key": key})
    assert (second.status_code, second.json()) == (200, first.json())
    assert second.headers["Idempotency-Replayed"] == "true"
    other = chen.ask("check-in", check_in(value="131"), **{"Idempotency-Key": key})
    refused(other, 422, "RequestIdReused")


def test_an_expected_version_that_moved_is_refused(chen):
    answer = chen.ask("check-in", check_in(value="135", expected_version=1))
    refused(answer, 412, "VersionHasMoved", "check_ins[0].expected_version")


def test_the_story_tells_who_said_what(chen):
    chen.language = "zh-CN"
    said = chen.read(f"/key-results/{CUSTOMERS}/story")["items"]
    assert said[0]["sentence"].startswith("{actor} 更新了")
    assert said[0]["people"]["actor"] == str(CHEN)
    assert any("更正" in one["sentence"] and one["reason"] == "counted twice" for one in said)
    assert [one["position"] for one in said] == sorted(one["position"] for one in said)


@pytest.mark.parametrize(
    ("path", "code"),
    [
        (f"/key-results/{CUSTOMERS}/check-ins", "IdentityRefused"),
        (f"/key-results/{CUSTOMERS}/story", "IdentityRefused"),
        ("/feeds/measurements", "FeedIsNotForYou"),
    ],
)
def test_appraisal_reads_nothing_of_key_results(world, path, code):
    refused(world.as_appraisal(path), 403, code)


def test_appraisal_follows_the_business(world):
    assert world.as_appraisal("/feeds/kpis").status_code == 200
    assert world.as_appraisal("/kpis").status_code == 200


def test_a_closed_key_result_takes_no_more_check_ins(world, chen):
    with world.speaking(service("import", HU), at="goals") as goals:
        closing = {"objective_ids": [str(OBJECTIVE)], "reason": "strategy", "category": "other"}
        goals.done("cancel-objectives", closing)
    world.settle()
    refused(chen.ask("check-in", check_in(value="200")), 422, "KeyResultIsClosed")


def test_nobody_speaks_under_a_delegation_that_was_never_given(world):
    deputy = Actor(kind="person", id=str(WU), on_behalf_of=str(CHEN), delegation=str(uuid4()))
    with world.speaking(deputy) as me:
        refused(me.ask("check-in", check_in(value="1")), 403, "DelegationDoesNotHold")
