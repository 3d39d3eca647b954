"""The compose file is whole: what it names exists, secrets are asked for, rights are as planned."""

import json
import re
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml

from services.directory.settings import ScimSettings
from services.goals.settings import GoalsSettings
from services.host.deployment_secrets import draw
from services.host.provisioning import SERVICES
from services.web.settings import WebSettings
from shared.eventing.kafka_topics import read_plan
from shared.http.settings import ServiceSettings
from tests.support.brokers import POM
from tests.support.compose import FILE, composed, environment, ours, variables, with_fresh_secrets
from tests.support.sources import ROOT

PLAN = read_plan(ROOT / "deploy" / "kafka" / "topics.yaml")
LOGS = [name for name in SERVICES if name in PLAN.principals]


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    return with_fresh_secrets()


@pytest.mark.parametrize("secret", sorted(name for name in variables() if name in draw()))
def test_nothing_starts_while_a_secret_is_missing(secret: str) -> None:
    values = draw()
    del values[secret]
    with pytest.raises(KeyError, match=secret):
        composed(values)


def test_the_example_names_every_variable_and_no_other() -> None:
    example = (ROOT / "deploy" / "env.example").read_text()
    named = re.findall(r"^(\w+)=(.*)$", example, re.MULTILINE)
    assert {name for name, _ in named} == set(variables())
    assert {name for name, value in named if not value} == {
        n for n, must in variables().items() if must
    }


def test_every_drawn_secret_is_asked_for() -> None:
    assert set(draw()) == {name for name, must in variables().items() if must}


def test_no_secret_is_written_down() -> None:
    text = FILE.read_text().replace("_KEY_ID: ", "_ID: ")
    written = re.findall(r"(?:PASSWORD|KEY)\w*: (?!\$\{)(.*)", text)
    assert written == []


def test_every_role_of_every_service_runs(services: dict[str, Any]) -> None:
    commands = {tuple(each["command"]) for each in ours(services).values()}
    for service in LOGS:
        for role in ("migrate", "api", "follow", "relay"):
            assert ("python", "-m", f"services.{service}", role) in commands


def test_every_command_is_a_module_of_the_product(services: dict[str, Any]) -> None:
    for name, each in ours(services).items():
        python, flag, module, *_ = each["command"]
        assert (python, flag) == ("python", "-m"), name
        assert find_spec(module) is not None, module


def test_who_waits_for_whom_exists(services: dict[str, Any]) -> None:
    awaited = {after for each in services.values() for after in each.get("depends_on", {})}
    assert awaited <= set(services)


def test_our_processes_hold_no_rights_that_they_do_not_need(services: dict[str, Any]) -> None:
    for name, each in ours(services).items():
        assert each["read_only"] is True, name
        assert each["cap_drop"] == ["ALL"], name
        assert "no-new-privileges:true" in each["security_opt"], name
        assert "ports" not in each or name.startswith("web"), name


def test_every_setting_is_one_that_the_service_has(services: dict[str, Any]) -> None:
    for name, each in ours(services).items():
        for service in SERVICES:
            settings = WebSettings if service == "web" else ServiceSettings
            fields = {field.upper() for field in settings.model_fields}
            prefix = f"CAIRN_{service.upper()}_"
            asked = {
                key.removeprefix(prefix) for key in environment(each) if key.startswith(prefix)
            }
            assert asked <= fields, name


@pytest.mark.parametrize("service", LOGS)
def test_a_service_knows_its_own_secrets_only(services: dict[str, Any], service: str) -> None:
    others = [name for name in SERVICES if name != service]
    for role in ("migrate", "api", "follow", "relay"):
        told = environment(services[f"{service}-{role}"])
        foreign = [key for key in told for name in others if f"CAIRN_{name.upper()}_" in key]
        assert foreign == []
        owner = f"CAIRN_{service.upper()}_OWNER_DATABASE_URL"
        assert (owner in told) == (role == "migrate")


@pytest.mark.parametrize("service", LOGS)
def test_a_service_follows_the_feeds_that_the_plan_lets_it_read(
    services: dict[str, Any], service: str
) -> None:
    told = environment(services[f"{service}-follow"])
    feeds = json.loads(told[f"CAIRN_{service.upper()}_FEEDS"])
    assert set(feeds) == set(PLAN.principals[service].reads)
    for feed, address in feeds.items():
        assert address == f"http://{PLAN.topics[feed].owner}-api:8000"


def test_the_broker_knows_every_principal_and_refuses_by_default(services: dict[str, Any]) -> None:
    told = environment(services["kafka"])
    login = told["KAFKA_LISTENER_NAME_INSIDE_PLAIN_SASL_JAAS_CONFIG"]
    assert set(re.findall(r"user_(\w+)=", login)) == {"admin", *LOGS}
    assert told["KAFKA_AUTHORIZER_CLASS_NAME"].endswith("StandardAuthorizer")
    assert told["KAFKA_ALLOW_EVERYONE_IF_NO_ACL_FOUND"] == "false"


def test_the_broker_is_of_the_version_that_the_tests_run_against(services: dict[str, Any]) -> None:
    tested = re.search(r"kafka_2\.13</artifactId>\s*<version>([\d.]+)<", POM.read_text())
    assert tested is not None
    assert services["kafka"]["image"] == f"apache/kafka:{tested[1]}"


def test_the_database_container_runs_the_preparation(services: dict[str, Any]) -> None:
    mounts = [each.split(":")[:2] for each in services["postgres"]["volumes"] if each[0] == "."]
    targets = {target: (FILE.parent / source).resolve() for source, target in mounts}
    assert targets["/docker-entrypoint-initdb.d/prepare.sh"].is_file()
    files = environment(services["postgres"])["CAIRN_POSTGRES_FILES"]
    assert (targets[files] / "2-roles.sql").is_file()


def test_images_are_named_with_their_versions() -> None:
    images = {each["image"] for each in yaml.safe_load(FILE.read_text())["services"].values()}
    assert all(re.search(r":\d", image) for image in images - {"cairn-okr"}), images


def test_paths_on_the_machine_stay_inside_the_folder(services: dict[str, Any]) -> None:
    for each in services.values():
        for volume in each.get("volumes", []):
            source = volume.split(":")[0]
            assert not Path(source).is_absolute(), volume


# What a process of the pages gets otherwise, or must not have outside its migration.
NOT_FROM_THE_FILE = {"owner_database_url"}


def test_the_pages_get_every_setting_that_they_have(services: dict[str, Any]) -> None:
    told = environment(services["web"])
    wanted = {f"CAIRN_WEB_{name.upper()}" for name in WebSettings.model_fields}
    assert wanted - {f"CAIRN_WEB_{one.upper()}" for one in NOT_FROM_THE_FILE} <= set(told)


def test_whoever_provisions_gets_every_setting_of_scim(services: dict[str, Any]) -> None:
    wanted = {f"CAIRN_SCIM_{name.upper()}" for name in ScimSettings.model_fields}
    for role in ("api", "follow", "migrate"):
        assert wanted <= set(environment(services[f"directory-{role}"]))


def test_what_the_file_passes_on_is_understood(
    services: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    given = {
        "CAIRN_SCIM_ROLES": '{"Cairn HR": "hr"}',
        "CAIRN_PROVIDERS": '[{"name": "corp", "issuer": "https://id.example", "client_id": "c"}]',
        "CAIRN_WEB_LIMITS": '{"hosts": ["cairn.example.com"]}',
        "CAIRN_GOALS_FORMER_MASTER_KEYS": '["before"]',
    }
    for values, roles, names in ((draw(), {}, []), (draw() | given, {"Cairn HR": "hr"}, ["corp"])):
        with monkeypatch.context() as patch:
            for name in ("web", "directory-api", "goals-api"):
                for key, value in environment(composed(values)[name]).items():
                    patch.setenv(key, value)
            assert ScimSettings().roles == roles
            web = WebSettings()
            assert [one.name for one in web.providers] == names
            assert bool(web.limits.hosts) == bool(names)
            assert len(GoalsSettings().former_master_keys) == len(names)
