"""Who may do what about objectives: tried over HTTP by people who stand to them in every way."""

from datetime import timedelta
from uuid import uuid4

import pytest

from shared.kernel.actors import Actor, person, service
from shared.kernel.ids import id_of
from tests.goals.api.test_commands import a_cycle, a_revision, an_objective, facts, refused
from tests.support.house import At, imported_for, running, speaking

OFFICES = ("hr", "admin", "auditor", "executive", "hr-of-sales")
NAMES = ("boss", "head", "champion", "seller", "colleague", "gone", *OFFICES)
PEOPLE = {name: id_of("person", name) for name in NAMES}
BOSS, HEAD, CHAMPION, SELLER, COLLEAGUE, GONE = list(PEOPLE.values())[:6]
HR, ADMIN, AUDITOR, EXECUTIVE, HR_OF_SALES = list(PEOPLE.values())[6:]
COMPANY, SALES, OTHER = (id_of("unit", name) for name in ("company", "sales", "other"))
ROLES = {
    HR: {"role": "hr"},
    ADMIN: {"role": "admin"},
    AUDITOR: {"role": "auditor"},
    EXECUTIVE: {"role": "executive", "unit_id": str(SALES)},
    HR_OF_SALES: {"role": "hr", "unit_id": str(SALES)},
}
POSTS = {BOSS: COMPANY, HEAD: SALES, CHAMPION: SALES, SELLER: SALES, COLLEAGUE: OTHER}
MANAGERS = {HEAD: BOSS, SELLER: HEAD}


@pytest.fixture(scope="module")
def house(module_databases):
    with running(module_databases, "directory", "goals") as running_house:
        found(running_house)
        yield running_house


def found(house):
    """A company with a sales department and another one, known to goals."""
    with speaking(house, "directory", service("import")) as directory:
        units = [_unit(COMPANY, "C"), _unit(SALES, "S", COMPANY), _unit(OTHER, "O", COMPANY)]
        directory.done("register-units", {"units": units})
        people = {*ROLES, *POSTS, GONE}
        directory.done("register-people", {"people": [_person(one) for one in people]})
        led = _unit(SALES, "S", COMPANY) | {"head_id": str(HEAD), "champion_id": str(CHAMPION)}
        directory.done("register-units", {"units": [led]})
        directory.done("deactivate-people", {"people": [{"person_id": str(GONE)}]})
        head = house.services["directory"].reader.stretch("organisation", 0, 1).head
    assert house.services["goals"].followed.wait_for({"organisation": head}, longest=20)


def _unit(unit, code, parent=None):
    return {
        "unit_id": str(unit),
        "code": code,
        "kind": "department" if parent else "company",
        "name_zh": code,
        "name_en": code,
        "parent_id": parent and str(parent),
        "effective_from": "2026-01-01",
    }


def _person(one):
    managers = [{"manager_id": str(MANAGERS[one])}] if one in MANAGERS else []
    posts = [{"unit_id": str(POSTS[one]), "title": "sales"}] if one in POSTS else []
    return {
        "person_id": str(one),
        "name": "某人",
        "name_en": "Somebody",
        "posts": posts,
        "managers": managers,
        "roles": [ROLES[one]] if one in ROLES else [],
        "effective_from": "2026-01-01",
    }


def ask(house, who, command, body):
    """Somebody sends a command."""
    actor = who if isinstance(who, Actor) else person(who)
    with speaking(house, "goals", actor) as me:
        return me.ask(command, body)


@pytest.fixture
def importing(house) -> At:
    with speaking(house, "goals", imported_for(BOSS)) as me:
        yield me


def a_published(house, importing, *, holder=("unit", SALES), **more):
    """A published objective whose key results the seller answers for."""
    objective = an_objective(a_cycle(house, importing)) | {
        "holder": {"kind": holder[0], "id": str(holder[1])},
        "responsible_id": str(HEAD),
        **more,
    }
    for key_result in objective["key_results"]:
        key_result["responsible_id"] = str(SELLER)
    importing.done("draft-objectives", {"objectives": [objective]})
    importing.done("publish-objectives", {"objective_ids": [objective["objective_id"]]})
    return objective["objective_id"], objective["key_results"][0]["key_result_id"]


def a_cancellation(objective_id):
    return {"objective_ids": [objective_id], "reason": "The market is gone for good."}


@pytest.mark.parametrize("who", ["boss", "head", "champion", "executive", "admin"])
def test_whoever_answers_leads_or_stands_above_ends_an_objective(house, importing, who):
    objective_id, _ = a_published(house, importing)
    assert (
        ask(house, PEOPLE[who], "cancel-objectives", a_cancellation(objective_id)).status_code
        == 200
    )


@pytest.mark.parametrize("who", ["seller", "colleague", "hr", "auditor", "hr-of-sales"])
def test_nobody_else_does_and_nothing_is_recorded(house, importing, who):
    objective_id, _ = a_published(house, importing)
    before = facts(house, objective_id)
    answer = ask(house, PEOPLE[who], "cancel-objectives", a_cancellation(objective_id))
    refused(answer, 403, "NotYourObjective")
    assert facts(house, objective_id) == before


def test_a_key_result_is_revised_by_whoever_answers_for_it_and_nothing_else_is(house, importing):
    objective_id, key_result_id = a_published(house, importing)
    target = {"what": "target", "key_result_id": key_result_id, "target": "1000"}
    own = a_revision(house, objective_id, target)
    assert ask(house, SELLER, "revise-objectives", own).status_code == 200
    words = a_revision(house, objective_id, {"what": "wording", "title": "Grow"})
    refused(ask(house, SELLER, "revise-objectives", words), 403, "NotYourObjective")
    refused(ask(house, COLLEAGUE, "revise-objectives", own), 403, "NotYourObjective")


def test_a_revision_is_approved_by_someone_above_its_asker_or_a_lead(house, importing):
    objective_id, key_result_id = a_published(house, importing)
    target = {"what": "target", "key_result_id": key_result_id, "target": "1000"}

    def approved(by, asker=SELLER):
        said = {"asked_by": str(asker), "approved_by": str(by)}
        revision = a_revision(house, objective_id, target, **said)
        return ask(house, by, "revise-objectives", revision)

    refused(approved(SELLER, COLLEAGUE), 403, "ApproverTooLow", "approved_by")
    refused(approved(COLLEAGUE), 403, "NotYourObjective")
    refused(approved(HEAD, HEAD), 422, "AskerCannotApprove")
    for one in (HEAD, CHAMPION, BOSS):
        target["target"] = str(int(target["target"]) - 10)
        assert approved(one).status_code == 200


def test_whoever_sends_a_revision_asks_for_it(house, importing):
    objective_id, _ = a_published(house, importing)
    change = {"what": "priority", "priority": 1}
    revision = a_revision(house, objective_id, change, asked_by=str(BOSS))
    refused(ask(house, HEAD, "revise-objectives", revision), 422, "AskedByAnother")


def test_a_stranger_learns_nothing_from_a_refusal(house, importing):
    """Whoever may is told why it cannot be done; whoever may not is told only that."""
    objective_id, _ = a_published(house, importing)
    assert ask(house, HEAD, "cancel-objectives", a_cancellation(objective_id)).status_code == 200
    revision = a_revision(house, objective_id, {"what": "priority", "priority": 1})
    refused(ask(house, COLLEAGUE, "revise-objectives", revision), 403, "NotYourObjective")
    refused(ask(house, HEAD, "revise-objectives", revision), 422, "ObjectiveHasEnded")


def test_a_unit_s_objective_is_drafted_by_its_leads_and_not_by_whoever_names_themselves(
    house, importing
):
    cycle_id = a_cycle(house, importing)

    def draft(who):
        objective = an_objective(cycle_id) | {
            "holder": {"kind": "unit", "id": str(SALES)},
            "responsible_id": str(who),
        }
        return ask(house, who, "draft-objectives", {"objectives": [objective]})

    assert draft(CHAMPION).status_code == 200
    refused(draft(SELLER), 403, "NotHoldersObjective")
    refused(draft(COLLEAGUE), 403, "NotHoldersObjective")


def test_a_draft_is_not_handed_to_a_unit_that_one_does_not_lead(house, importing):
    objective = an_objective(a_cycle(house, importing)) | {
        "holder": {"kind": "person", "id": str(SELLER)},
        "responsible_id": str(SELLER),
    }
    drafted = {"objectives": [objective]}
    assert ask(house, SELLER, "draft-objectives", drafted).status_code == 200
    moved = {"objectives": [objective | {"holder": {"kind": "unit", "id": str(OTHER)}}]}
    refused(ask(house, SELLER, "draft-objectives", moved), 403, "NotHoldersObjective")


def test_cycles_are_kept_by_roles_that_hold_everywhere(house):
    first = house.services["goals"].clock.today() + timedelta(days=400)
    plan = {"code": "X", "kind": "custom", "first": str(first), "last": str(first)}

    def planned(who):
        cycle = {"cycle_id": str(uuid4()), **plan, "code": str(uuid4())}
        return ask(house, who, "plan-cycles", {"cycles": [cycle]})

    assert planned(HR).status_code == 200
    for who in (HR_OF_SALES, EXECUTIVE, SELLER, HEAD, AUDITOR):
        refused(planned(who), 403, "OnlyCycleKeepers")


def test_whoever_was_switched_off_is_refused_at_every_door(house):
    for door in ("/cycles", "/objectives"):
        with speaking(house, "goals", person(GONE)) as gone:
            refused(gone.get(door), 403, "NoLongerHere")
    refused(ask(house, GONE, "plan-cycles", {"cycles": []}), 403, "NoLongerHere")


def test_the_rule_that_allowed_it_is_recorded_with_the_fact(house, importing):
    objective_id, _ = a_published(house, importing)
    ask(house, CHAMPION, "cancel-objectives", a_cancellation(objective_id))
    journal = house.services["goals"].journal
    rules = [one.envelope.rule for one in journal.history(objective_id)]
    assert rules[-1] == "cancel-objectives:lead"
    assert set(rules[:-1]) == {"draft-objectives:console", "publish-objectives:console"}
