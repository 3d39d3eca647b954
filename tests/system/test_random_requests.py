"""Random requests from the published documents, in any order, by people of every role.

Nothing breaks, every status is documented, and nobody is told what they may not see. The company is
the one of the demo quarter, with its objectives, figures, appraisals and reviews. Answers lead on
to later requests: by the links that the documents allow to infer, and by the identifiers that
answers mention.
"""

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any
from uuid import UUID, uuid4

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis import Case, Response
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.generation.stateful.state_machine import APIStateMachine

from services.host.house import RECORDING, House
from services.host.importing.planning.names import appraisal_id, person_id
from shared.kernel.actors import Actor, person, service
from tests.goals.api.test_commands import a_cycle, an_objective
from tests.support.children import until
from tests.support.house import imported_for, speaking
from tests.support.postgres import Databases
from tests.system.quarter import Quarter

pytestmark = [pytest.mark.system, pytest.mark.timeout(900)]

COLLEAGUE, GONE, HOLDER = person_id("E034"), person_id("E025"), person_id("E022")
ASKERS: dict[str, Actor] = {
    "employee": person(COLLEAGUE),
    "lead of another team": person(person_id("E030")),
    "head": person(person_id("E010")),
    "executive": person(person_id("E001")),
    "hr and admin": person(person_id("E002")),
    "auditor": person(person_id("E003")),
    "switched-off": person(GONE),
    "service": service("insights"),
}
OUTSIDE = {"employee", "switched-off"}
# What is said of a private objective, and in an appraisal, and who must never come across it.
PRIVATE = "Only the seller and those above may read this"
NOTED = "Nobody but they may read how it goes"
SAID_OF_ONESELF = "I lost two large customers in July."
SAID_BY_THE_MANAGER = "Too few offers for the calls made"
SECRETS = {
    PRIVATE: OUTSIDE,
    NOTED: OUTSIDE,
    SAID_OF_ONESELF: OUTSIDE | {"lead of another team", "service"},
    SAID_BY_THE_MANAGER: OUTSIDE | {"lead of another team", "service"},
}
STEPS = int(os.environ.get("CAIRN_RANDOM_REQUESTS", "40"))  # for each role at each service
WALK = 20
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
load_all_checks()
CHECKED: Any = CHECKS.get_by_names(["not_a_server_error", "status_code_conformance"])


@dataclass
class World:
    """The house after the quarter, and every identifier heard of so far."""

    house: House
    random: Random
    known: list[str] = field(default_factory=list)
    told: int = 0
    key_result: str = ""

    def hear(self, text: str) -> None:
        """Remember the identifiers in a text, the latest few hundred of them."""
        self.known = list(dict.fromkeys([*self.known, *ID.findall(text)]))[-400:]

    def filled(self, node: Any) -> Any:
        """The same with most identifiers exchanged for known ones, unless they are."""
        if isinstance(node, dict):
            return {name: self.filled(value) for name, value in node.items()}
        if isinstance(node, list):
            return [self.filled(one) for one in node]
        strange = isinstance(node, str) and ID.fullmatch(node) and node not in self.known
        if strange and self.random.random() < 0.8:
            return self.random.choice(self.known)
        return node


@pytest.fixture(scope="module")
def world(module_databases: Databases) -> Iterator[World]:
    access = {name: module_databases(name) for name in RECORDING}
    with House(access) as house:
        with Quarter(house, access) as quarter:
            quarter.live_the_first_half()
            quarter.live_the_second_half()
            until(quarter.everything_has_arrived, seconds=60, what="the quarter in every table")
        made = World(house, Random(STEPS))
        made.hear(f"{appraisal_id('E026', '2026-Q3')} {person_id('E026')} {HOLDER}")
        _switch_off(house, GONE)
        _keep_a_secret(made)
        yield made


def _switch_off(house: House, who: UUID) -> None:
    with speaking(house, "directory", service("import")) as directory:
        directory.done("deactivate-people", {"people": [{"person_id": str(who)}]})


def _keep_a_secret(world: World) -> None:
    """A private objective of one seller, and a word about how it goes."""
    with speaking(world.house, "goals", imported_for(person_id("E010"))) as goals:
        holder = {"holder": {"kind": "person", "id": str(HOLDER)}, "responsible_id": str(HOLDER)}
        said = {"title": PRIVATE, "visibility": "private", **holder}
        objective = an_objective(a_cycle(world.house, goals), **said)
        for key_result in objective["key_results"]:
            key_result["responsible_id"] = str(HOLDER)
        goals.done("draft-objectives", {"objectives": [objective]})
        goals.done("publish-objectives", {"objective_ids": [objective["objective_id"]]})
    key_result = objective["key_results"][0]["key_result_id"]
    entry = {"key_result_id": key_result, "value": "900", "obstacles": NOTED}
    with speaking(world.house, "metrics", person(HOLDER)) as metrics:
        until(
            lambda: metrics.ask("check-in", {"check_ins": [entry]}).status_code == 200,
            what="the private objective known where figures are kept",
        )
    world.key_result = key_result
    world.hear(f"{objective['objective_id']} {key_result}")


def _machine(world: World, name: str, who: str) -> type[APIStateMachine]:
    document = world.house.services[name].app.openapi()
    schema = schemathesis.openapi.from_dict(json.loads(json.dumps(document)))
    url, forbidden = world.house.url(name), [s for s, kept in SECRETS.items() if who in kept]

    class Walk(schema.exclude(path_regex="^/feeds/").as_state_machine()):  # type: ignore[misc]
        def before_call(self, case: Case[Any]) -> None:
            case.path_parameters = world.filled(case.path_parameters)
            case.query = world.filled(case.query)
            case.body = world.filled(case.body)

        def get_call_kwargs(self, case: Case[Any]) -> dict[str, Any]:
            sent = {"Authorization": f"Bearer {world.house.token(ASKERS[who], name)}"}
            if case.method == "POST":
                sent["Idempotency-Key"] = str(uuid4())
            return {"base_url": url, "headers": sent}

        def validate_response(self, response: Response, case: Case[Any], **more: Any) -> None:
            case.validate_response(response, checks=CHECKED)
            if response.status_code == 200:
                world.told += 1
                world.hear(response.text)
            for secret in forbidden:
                assert secret not in response.text, f"{who} was told {secret!r} by {case.path}"

    return Walk


@pytest.mark.parametrize("who", ASKERS)
@pytest.mark.parametrize("name", RECORDING)
def test_random_requests_break_nothing_and_find_out_nothing(
    world: World, name: str, who: str
) -> None:
    _machine(world, name, who).run(
        settings=settings(
            max_examples=max(1, STEPS // WALK),
            stateful_step_count=WALK,
            phases=[Phase.generate],
            derandomize=True,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        )
    )


def test_the_requests_were_answered(world: World) -> None:
    """They would find out nothing either if everything had been refused."""
    assert world.told > STEPS


@pytest.mark.parametrize("secret", SECRETS)
def test_the_secrets_are_there_to_be_found(world: World, secret: str) -> None:
    """Those above are told what the others must not find."""
    appraisal = f"/appraisals/{appraisal_id('E026', '2026-Q3')}"
    name, path = {
        PRIVATE: ("goals", "/objectives"),
        NOTED: ("metrics", f"/key-results/{world.key_result}/check-ins"),
    }.get(secret, ("appraisal", appraisal))
    with speaking(world.house, name, ASKERS["head"]) as head:
        assert secret in head.get(path).text
