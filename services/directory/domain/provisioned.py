"""What the attributes of an identity provider mean to the directory (RFC 7643, 4.1 and 4.3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import available_timezones

ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
UNTITLED = "–"
ZONES = frozenset(available_timezones())  # read from the disk at each call: asked once


@dataclass(frozen=True)
class Meaning:
    """A person as an identity provider describes them, in words of the directory.

    ``department`` is the code or name of a unit, ``manager`` the id of another person; what was
    not said, or cannot be read, is empty.
    """

    name: str = ""
    name_en: str = ""
    locale: str = ""
    time_zone: str = ""
    department: str = ""
    title: str = UNTITLED
    manager: str = ""
    employee_number: str = ""


def meaning_of(user_name: str, attributes: Mapping[str, Any]) -> Meaning:
    """The person behind these attributes; who has no name at all is called by the user name."""
    enterprise = _part(attributes, ENTERPRISE)
    name, name_en = _names(user_name, attributes)
    return Meaning(
        name=name,
        name_en=name_en,
        locale=_locale(attributes),
        time_zone=_time_zone(attributes),
        department=_text(enterprise, "department"),
        title=_text(attributes, "title")[:200] or UNTITLED,
        manager=_text(_part(enterprise, "manager"), "value"),
        employee_number=_text(enterprise, "employeeNumber"),
    )


def _names(user_name: str, attributes: Mapping[str, Any]) -> tuple[str, str]:
    """What the person is called, and how in Latin letters where the parts of the name say so."""
    parts = _part(attributes, "name")
    given, family = _text(parts, "givenName"), _text(parts, "familyName")
    in_order = f"{family}{given}" if _is_han(family + given) else f"{given} {family}".strip()
    called = _text(attributes, "displayName") or _text(parts, "formatted") or in_order or user_name
    latin = in_order if in_order and in_order.isascii() else called
    return called[:200], latin[:200]


def _is_han(text: str) -> bool:
    return bool(text) and all("\u4e00" <= letter <= "\u9fff" for letter in text)


def _locale(attributes: Mapping[str, Any]) -> str:
    """One of the two languages; the first of ``preferredLanguage``, else ``locale``."""
    said = _text(attributes, "preferredLanguage") or _text(attributes, "locale")
    first = said.split(",")[0].strip().lower()
    return "zh-CN" if first.startswith("zh") else "en" if first else ""


def _time_zone(attributes: Mapping[str, Any]) -> str:
    said = _text(attributes, "timezone")
    return said if said in ZONES else ""


def _part(attributes: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = attributes.get(name)
    return part if isinstance(part, Mapping) else {}


def _text(attributes: Mapping[str, Any], name: str) -> str:
    value = attributes.get(name)
    return value.strip() if isinstance(value, str) else ""
