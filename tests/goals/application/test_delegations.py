"""Acting for somebody else about objectives, over HTTP."""

from collections.abc import Iterator

import pytest

from services.host.house import House
from shared.kernel.actors import person
from tests.goals.api.test_commands import a_revision, facts, refused
from tests.goals.application import test_rights as company
from tests.support.delegations import let, take_back
from tests.support.house import At, imported_for, running, speaking
from tests.support.postgres import Databases

BOSS, HEAD, SELLER, COLLEAGUE = company.BOSS, company.HEAD, company.SELLER, company.COLLEAGUE


@pytest.fixture(scope="module")
def house(module_databases: Databases) -> Iterator[House]:
    with running(module_databases, "directory", "goals") as running_house:
        company.found(running_house)
        yield running_house


@pytest.fixture
def importing(house: House) -> Iterator[At]:
    with speaking(house, "goals", imported_for(BOSS)) as me:
        yield me


def test_a_delegate_does_what_the_giver_may_and_the_story_says_so(
    house: House, importing: At
) -> None:
    objective_id, _ = company.a_published(house, importing)
    end = company.a_cancellation(objective_id)
    refused(company.ask(house, COLLEAGUE, "cancel-objectives", end), 403, "NotYourObjective")
    colleague = let(house, HEAD, COLLEAGUE, "goals")
    assert company.ask(house, colleague, "cancel-objectives", end).status_code == 200
    envelope = house.services["goals"].journal.history(objective_id)[-1].envelope
    assert (envelope.actor, envelope.rule) == (colleague, "cancel-objectives:responsible")
    with speaking(house, "goals", person(HEAD)) as me:
        line = me.read(f"/objectives/{objective_id}/story")["items"][-1]
    assert line["sentence"].endswith("({hand} did this for {giver}.)")
    assert line["people"] | {"hand": str(COLLEAGUE), "giver": str(HEAD)} == line["people"]
    assert line["people"]["actor"] == str(HEAD)


def test_a_delegate_s_own_rights_do_not_count_meanwhile(house: House, importing: At) -> None:
    objective_id, _ = company.a_published(house, importing)
    head = let(house, COLLEAGUE, HEAD, "goals")
    end = company.a_cancellation(objective_id)
    refused(company.ask(house, head, "cancel-objectives", end), 403, "NotYourObjective")
    assert company.ask(house, HEAD, "cancel-objectives", end).status_code == 200


def test_taken_back_it_opens_nothing(house: House, importing: At) -> None:
    objective_id, _ = company.a_published(house, importing)
    colleague = let(house, HEAD, COLLEAGUE, "goals")
    take_back(house, colleague)
    end = company.a_cancellation(objective_id)
    refused(company.ask(house, colleague, "cancel-objectives", end), 403, "DelegationDoesNotHold")


def test_for_other_work_one_looks_as_oneself_and_changes_nothing(
    house: House, importing: At
) -> None:
    objective_id, _ = company.a_published(house, importing)
    before = facts(house, objective_id)
    colleague = let(house, HEAD, COLLEAGUE, "metrics", "appraisal")
    end = company.a_cancellation(objective_id)
    refused(company.ask(house, colleague, "cancel-objectives", end), 403, "NotInTheDelegation")
    assert facts(house, objective_id) == before
    with speaking(house, "goals", colleague) as me:
        assert me.get(f"/objectives/{objective_id}").status_code == 200


def test_for_one_unit_it_reaches_what_lies_there(house: House, importing: At) -> None:
    objective_id, _ = company.a_published(house, importing)
    end = company.a_cancellation(objective_id)
    elsewhere = let(house, BOSS, COLLEAGUE, unit=company.OTHER)
    refused(company.ask(house, elsewhere, "cancel-objectives", end), 403, "BeyondTheUnit")
    there = let(house, BOSS, COLLEAGUE, unit=company.SALES)
    assert company.ask(house, there, "cancel-objectives", end).status_code == 200


def test_what_is_private_a_delegate_sees_where_it_is_delegated(house: House, importing: At) -> None:
    secret, _ = company.a_published(house, importing, visibility="private")
    actors = {
        "own name": person(COLLEAGUE),
        "for the head": let(house, HEAD, COLLEAGUE, "goals"),
        "for the head, other work": let(house, HEAD, COLLEAGUE, "metrics"),
        "for the boss, elsewhere": let(house, BOSS, COLLEAGUE, unit=company.OTHER),
        "for the boss, there": let(house, BOSS, COLLEAGUE, unit=company.SALES),
    }
    seen = set()
    for name, actor in actors.items():
        with speaking(house, "goals", actor) as me:
            listed = {one["id"] for one in me.read("/objectives")["items"]}
            assert (secret in listed) == (me.get(f"/objectives/{secret}").status_code == 200)
            seen |= {name} if secret in listed else set()
    assert seen == {"for the head", "for the boss, there"}


def test_nobody_approves_what_either_of_the_two_asked_for(house: House, importing: At) -> None:
    objective_id, key_result_id = company.a_published(house, importing)
    target = {"what": "target", "key_result_id": key_result_id, "target": "1000"}

    def approved(actor: object, asker: object, by: object) -> object:
        said = {"asked_by": str(asker), "approved_by": str(by)}
        revision = a_revision(house, objective_id, target, **said)
        return company.ask(house, actor, "revise-objectives", revision)

    seller = let(house, HEAD, SELLER, "goals")
    refused(approved(seller, SELLER, HEAD), 403, "AskedForByTheApprover", "approved_by")
    refused(approved(seller, HEAD, HEAD), 422, "AskerCannotApprove")
    refused(approved(seller, HEAD, SELLER), 422, "ApprovalOfAnother")
    colleague = let(house, HEAD, COLLEAGUE, "goals")
    assert approved(colleague, SELLER, HEAD).status_code == 200  # type: ignore[attr-defined]


def test_one_key_in_two_names_is_two_requests(house: House, importing: At) -> None:
    objective_id, _ = company.a_published(house, importing)
    end = company.a_cancellation(objective_id)
    key = {"Idempotency-Key": "the same key"}
    with speaking(house, "goals", let(house, HEAD, BOSS, "goals")) as me:
        assert me.ask("cancel-objectives", end, **key).status_code == 200
    with speaking(house, "goals", person(BOSS)) as me:
        assert me.ask("cancel-objectives", end, **key).json()["code"] == "RequestIdReused"
