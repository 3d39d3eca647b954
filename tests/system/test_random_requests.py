"""Random requests from the published documents, in any order, by people of every role.

Nothing breaks, every status is documented, and nobody is told what they may not see. Identifiers
that answers and accepted commands mention come back in later requests, so that requests build on
each other.
"""

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any
from uuid import uuid4

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis import Case
from schemathesis.checks import CHECKS, load_all_checks

from services.host.house import RECORDING, House
from shared.kernel.actors import Actor, person, service
from tests.goals.application import test_rights as company
from tests.support.house import imported_for, running, speaking
from tests.support.postgres import Databases

pytestmark = [pytest.mark.system, pytest.mark.timeout(900)]

SECRET = "Only the seller and those above may read this"
ASKERS: dict[str, Actor] = {
    "employee": person(company.COLLEAGUE),
    "head": person(company.HEAD),
    "hr": person(company.HR),
    "auditor": person(company.AUDITOR),
    "admin": person(company.ADMIN),
    "switched-off": person(company.GONE),
    "service": service("insights"),
}
KEPT_OUT = {"employee", "switched-off"}
REQUESTS = int(os.environ.get("CAIRN_RANDOM_REQUESTS", "40"))  # for each role at each service
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
load_all_checks()
CHECKED = CHECKS.get_by_names(["not_a_server_error", "status_code_conformance"])


@dataclass
class World:
    """A running house with a private objective, and every identifier heard of so far."""

    house: House
    known: list[str] = field(default_factory=list)

    def hear(self, text: str) -> None:
        """Remember the identifiers in a text, the latest few hundred of them."""
        self.known = list(dict.fromkeys([*self.known, *ID.findall(text)]))[-400:]

    def filled(self, node: Any, random: Random) -> Any:
        """The same with most identifiers exchanged for known ones."""
        if isinstance(node, dict):
            return {name: self.filled(value, random) for name, value in node.items()}
        if isinstance(node, list):
            return [self.filled(one, random) for one in node]
        if isinstance(node, str) and ID.fullmatch(node) and random.random() < 0.8:
            return random.choice(self.known)
        return node


@pytest.fixture(scope="module")
def world(module_databases: Databases) -> Iterator[World]:
    with running(module_databases, *RECORDING) as house:
        company.found(house)
        made = World(house, [str(one) for one in company.PEOPLE.values()])
        made.hear(f"{company.SALES} {company.COMPANY}")
        _keep_a_secret(made)
        yield made


def _keep_a_secret(world: World) -> None:
    with speaking(world.house, "goals", imported_for(company.BOSS)) as goals:
        said = {"title": SECRET, "visibility": "private", "holder": ("person", company.SELLER)}
        objective, key_result = company.a_published(world.house, goals, **said)
    world.hear(f"{objective} {key_result}")


def _strategy(world: World, name: str) -> st.SearchStrategy[Case]:
    document = world.house.services[name].app.openapi()
    schema = schemathesis.openapi.from_dict(json.loads(json.dumps(document)))
    operations = [found.ok() for found in schema.get_all_operations()]
    asked = [one.as_strategy() for one in operations if "/feeds/" not in one.path]
    return st.one_of(asked)


@pytest.mark.parametrize("who", ASKERS)
@pytest.mark.parametrize("name", RECORDING)
def test_random_requests_break_nothing_and_find_out_nothing(
    world: World, name: str, who: str
) -> None:
    url, strategy = world.house.url(name), _strategy(world, name)

    @seed(REQUESTS)
    @settings(
        max_examples=REQUESTS,
        phases=[Phase.generate],
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy, st.randoms(use_true_random=False))
    def ask(case: Case, random: Random) -> None:
        case.path_parameters = world.filled(case.path_parameters, random)
        case.body = world.filled(case.body, random)
        sent = {"Authorization": f"Bearer {world.house.token(ASKERS[who], name)}"}
        if case.method == "POST":
            sent["Idempotency-Key"] = str(uuid4())
        answer = case.call(base_url=url, headers=sent)
        case.validate_response(answer, checks=CHECKED)
        if answer.status_code == 200:
            world.hear(answer.text)
        if who in KEPT_OUT:
            assert SECRET not in answer.text

    ask()


def test_the_secret_is_there_to_be_found(world: World) -> None:
    """Those above are told what the others must not find."""
    with speaking(world.house, "goals", person(company.HEAD)) as head:
        assert SECRET in head.get("/objectives").text
