"""The compose file as its reader sees it: variables filled in, and roles found."""

import re
from typing import Any

import yaml

from services.host.deployment_secrets import draw
from tests.support.sources import ROOT

FILE = ROOT / "deploy" / "compose.yaml"
VARIABLE = re.compile(r"\$\{(\w+)(?::([-?])([^}]*))?\}")
OWN_IMAGE = "cairn-okr"


def composed(values: dict[str, str]) -> dict[str, Any]:
    """The file's services with these values; a required one that is missing is a KeyError."""
    services = yaml.safe_load(FILE.read_text())["services"]
    return {name: _filled(service, values) for name, service in services.items()}


def with_fresh_secrets() -> dict[str, Any]:
    """The file's services with secrets drawn for this call."""
    return composed(draw())


def variables() -> dict[str, bool]:
    """Every variable that the file asks for, and whether it must be given."""
    found = VARIABLE.findall(FILE.read_text())
    return {name: operator == "?" for name, operator, _ in found}


def ours(services: dict[str, Any]) -> dict[str, Any]:
    """The services that run our own image."""
    return {name: each for name, each in services.items() if each["image"] == OWN_IMAGE}


def environment(service: dict[str, Any]) -> dict[str, str]:
    """A service's environment as a process gets it."""
    return {name: str(value) for name, value in service.get("environment", {}).items()}


def _filled(value: Any, values: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: _filled(each, values) for key, each in value.items()}
    if isinstance(value, list):
        return [_filled(each, values) for each in value]
    if isinstance(value, str):
        return VARIABLE.sub(lambda match: _value(match, values), value)
    return value


def _value(match: re.Match[str], values: dict[str, str]) -> str:
    name, operator, default = match.groups()
    return values.get(name, default) if operator == "-" else values[name]
