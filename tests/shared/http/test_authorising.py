"""The policy at the doors of a service."""

from datetime import date
from typing import Any, cast
from uuid import UUID

import pytest

from shared.access.access import Access
from shared.access.deciding import decide_all
from shared.access.grounds import Is
from shared.access.refusals import NoEntry
from shared.access.rules import Action, Policy
from shared.access.things import Thing
from shared.eventing.asking import Asked
from shared.eventing.rights import Touched
from shared.http.authorising import PolicyRights
from shared.kernel.actors import Actor, person, service
from shared.kernel.refusals import NotAllowed
from tests.support.organisations import TODAY, Company

OWNER, OTHER, STREAM = UUID(int=1), UUID(int=2), UUID(int=9)
POLICY = Policy(Action("polish", {"owner": Is("owner")}, NotAllowed))


class Pictured:
    """The policy over an organisation in memory."""

    def __init__(self) -> None:
        self._company = Company(people={OWNER, OTHER})

    def asker(self, actor: Actor) -> Any:
        return self._company.asker(actor, TODAY)

    def decide(self, action: str, asker: Any, things: Any) -> Any:
        return decide_all(POLICY[action], asker, things, self._company, TODAY)


def _things(touched: Touched, today: date) -> list[Thing]:
    return [Thing({"owner": [OWNER]}, field="stone")]


@pytest.fixture
def rights() -> PolicyRights:
    return PolicyRights(cast("Access", Pictured()), _things, lambda: TODAY)


def asked(actor: Actor, command: str | None = "polish") -> Asked:
    return Asked("request", actor, command=command)


TOUCHED = [Touched(STREAM, None, object(), ())]


def test_the_answer_is_the_rule(rights: PolicyRights) -> None:
    assert rights.must(asked(person(OWNER)), TOUCHED) == "polish:owner"


def test_the_refusal_names_the_field(rights: PolicyRights) -> None:
    with pytest.raises(NotAllowed) as refused:
        rights.must(asked(person(OTHER)), TOUCHED)
    assert refused.value.field == "stone"


def test_nothing_touched_needs_no_right(rights: PolicyRights) -> None:
    assert rights.must(asked(person(OTHER)), []) is None


def test_a_reaction_is_for_services_alone(rights: PolicyRights) -> None:
    assert rights.must(asked(service("appraisal"), None), TOUCHED) == "reaction:appraisal"
    with pytest.raises(NoEntry):
        rights.must(asked(person(OWNER), None), TOUCHED)
