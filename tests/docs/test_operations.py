"""The runbook names every setting, verb, state and exit code as they are."""

import re

import pytest
from pydantic_settings import BaseSettings

from services.appraisal.settings import AppraisalSettings
from services.directory.settings import DirectorySettings, ScimSettings
from services.goals.settings import GoalsSettings
from services.host.cli import app as command
from services.metrics.settings import MetricsSettings
from services.web.settings import WebSettings
from shared.http import health
from shared.http.roles import ROLES
from tests.support.sources import ROOT

TEXT = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
SERVICES = [AppraisalSettings, DirectorySettings, GoalsSettings, MetricsSettings]
OF_THE_COMMAND = {"CAIRN_DATA", "CAIRN_LANG", "CAIRN_DATABASE_URL"}


def settings_of(kind: type[BaseSettings]) -> dict[str, str]:
    """Each setting as the environment names it, with what holds unless it is set."""
    prefix = str(kind.model_config["env_prefix"])
    return {
        f"{prefix}{name.upper()}": "required" if field.is_required() else _plain(field.default)
        for name, field in kind.model_fields.items()
    }


def _plain(default: object) -> str:
    hidden = getattr(default, "get_secret_value", lambda: default)()
    return "none" if hidden in (None, "") else f"`{hidden}`"


def told() -> dict[str, str]:
    """Each setting of the page's tables with what the page says holds unless it is set."""
    return dict(re.findall(r"^\| `(CAIRN_\w+)` \| (required|none|`[^`]*`) \|", TEXT, re.MULTILINE))


def test_every_setting_is_told_with_its_default() -> None:
    of_all = settings_of(GoalsSettings) | settings_of(WebSettings) | settings_of(ScimSettings)
    assert told() == of_all


def test_all_services_have_the_settings_that_are_told_of_one() -> None:
    for kind in SERVICES:
        prefix = str(kind.model_config["env_prefix"])
        same = {name.replace(prefix, "CAIRN_GOALS_"): v for name, v in settings_of(kind).items()}
        assert same == settings_of(GoalsSettings)


def test_no_other_setting_is_spoken_of() -> None:
    known = {*told(), *OF_THE_COMMAND}
    named = set(re.findall(r"`(CAIRN_[A-Z_]+[A-Z])(?:=\w+)?`", TEXT))
    assert {name for name in named if not name.endswith("DEVELOPMENT_LOGIN")} - known == set()


def test_every_verb_is_told_with_its_exit_codes() -> None:
    rows = re.findall(r"^\| `cairn ([\w-]+)` \|(.+)\|$", TEXT, re.MULTILINE)
    verbs = {c.name or getattr(c.callback, "__name__", "") for c in command.registered_commands}
    families = {str(family.name) for family in command.registered_groups}
    assert {verb for verb, _ in rows} == verbs | families
    assert all(len(row.split("|")) == 4 for _, row in rows)


def test_every_role_is_told() -> None:
    for role in ROLES:
        assert f"`{role}`" in TEXT or f"services.goals {role}" in TEXT


@pytest.mark.parametrize("state", ["ready", "some streams are parked", "database away", "alive"])
def test_every_state_of_health_is_told(state: str) -> None:
    assert f'"{state}"' in _source_of_health()
    assert f"`{state}`" in TEXT


def test_every_route_of_health_is_told() -> None:
    for route in health.router.routes:
        assert f"`GET {getattr(route, 'path', '')}`" in TEXT


def _source_of_health() -> str:
    return (ROOT / "shared" / "http" / "health.py").read_text(encoding="utf-8")
