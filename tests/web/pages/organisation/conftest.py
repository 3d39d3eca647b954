"""The real directory and the pages in one process, with a small company."""

from collections.abc import Callable, Iterator
from typing import Any

import httpx2
import pytest

from services.host.house import House
from shared.kernel.actors import service
from shared.kernel.ids import id_of
from tests.support.house import running, speaking
from tests.support.postgres import Databases

FROM = "2026-07-01"
# code, names, kind, parent, head, champion
UNITS = [
    ("HOME", "远山科技", "Farhill", "company", None, "E001", "E002"),
    ("SALES", "销售部", "Sales", "department", "HOME", "E010", "E002"),
    ("EAST", "华东组", "East team", "team", "SALES", "E020", None),
    ("SHOP", "徐汇店", "Xuhui store", "store", "EAST", None, None),
    ("OPS", "运营部", "Operations", "department", "HOME", None, None),
]
# code, names, unit, title, manager, roles
PEOPLE: list[tuple[str, str, str, str, str, str | None, list[dict[str, Any]]]] = [
    ("E001", "林远", "Lin Yuan", "HOME", "总经理", None, [{"role": "executive"}]),
    ("E002", "赵敏", "Zhao Min", "HOME", "人力资源经理", "E001",
     [{"role": "hr"}, {"role": "admin"}]),
    ("E010", "陈晓", "Chen Xiao", "SALES", "销售总监", "E001", []),
    ("E020", "周强", "Zhou Qiang", "EAST", "主管", "E010", []),
    ("E021", "李明", "Li Ming", "EAST", "大客户经理", "E020",
     [{"role": "auditor", "expires_on": "2099-12-31"}]),
    ("E022", "王芳", "Wang Fang", "SHOP", "店长", "E020", []),
    ("E023", "何军", "He Jun", "OPS", "系统专员", "E001", [{"role": "admin", "unit_id": "SALES"}]),
]  # fmt: skip
Browser = Callable[..., httpx2.Client]


def unit(code: str) -> str:
    """A unit's id."""
    return str(id_of("unit", code))


def person(code: str) -> str:
    """A person's id."""
    return str(id_of("person", code))


@pytest.fixture(scope="module")
def house(module_databases: Databases) -> Iterator[House]:
    """Directory and pages, with everybody registered."""
    options = {"web": {"development_login": True}}
    with running(module_databases, "directory", "web", **options) as standing:
        with speaking(standing, "directory", service("import")) as clerk:
            clerk.done("register-units", {"units": [_unit(*one) for one in UNITS]})
            clerk.done("register-people", {"people": [_person(*one) for one in PEOPLE]})
            clerk.done("define-periods", {"periods": _periods()})
            clerk.done("mark-days", {"days": _days()})
            assert len(clerk.read("/people")["people"]) == len(PEOPLE)
        yield standing


@pytest.fixture
def browser_of(house: House) -> Iterator[Browser]:
    """Opens a browser in which somebody is signed in."""
    opened: list[httpx2.Client] = []

    def browser(code: str, language: str = "en") -> httpx2.Client:
        headers = {"Sec-Fetch-Site": "same-origin", "Accept-Language": language}
        client = httpx2.Client(base_url=house.address, headers=headers, trust_env=False, timeout=30)
        opened.append(client)
        answer = client.post("/sign-in", data={"person": person(code)})
        assert answer.status_code == 303
        return client

    yield browser
    for client in opened:
        client.close()


@pytest.fixture
def hr(browser_of: Browser) -> httpx2.Client:
    """Zhao Min, who looks after people and hands out roles."""
    return browser_of("E002")


@pytest.fixture
def seller(browser_of: Browser) -> httpx2.Client:
    """Wang Fang, who looks after nobody."""
    return browser_of("E022")


@pytest.fixture
def id_of_unit() -> Callable[[str], str]:
    """A unit's id by its code."""
    return unit


@pytest.fixture
def id_of_person() -> Callable[[str], str]:
    """A person's id by their number."""
    return person


def _unit(
    code: str, zh: str, en: str, kind: str, parent: str | None, head: str | None, champ: str | None
) -> dict[str, Any]:
    return {
        "unit_id": unit(code), "code": code, "kind": kind, "name_zh": zh, "name_en": en,
        "parent_id": unit(parent) if parent else None, "effective_from": FROM,
        "counts_as_department": kind == "department",
        "head_id": person(head) if head else None, "champion_id": person(champ) if champ else None,
    }  # fmt: skip


def _person(
    code: str,
    name: str,
    name_en: str,
    where: str,
    title: str,
    manager: str | None,
    roles: list[dict[str, Any]],
) -> dict[str, Any]:
    scoped = [r | {"unit_id": unit(r["unit_id"])} if "unit_id" in r else r for r in roles]
    return {
        "person_id": person(code), "name": name, "name_en": name_en, "effective_from": FROM,
        "posts": [{"unit_id": unit(where), "title": title}], "roles": scoped,
        "managers": [{"kind": "line", "manager_id": person(manager)}] if manager else [],
    }  # fmt: skip


def _periods() -> list[dict[str, str]]:
    return [
        {"code": "2026", "kind": "year", "first": "2026-01-01", "last": "2026-12-31"},
        {"code": "2026-Q3", "kind": "quarter", "first": "2026-07-01", "last": "2026-09-30"},
        {"code": "2026-09", "kind": "month", "first": "2026-09-01", "last": "2026-09-30"},
    ]


def _days() -> list[dict[str, str]]:
    return [
        {"day": "2026-10-01", "kind": "day_off"},
        {"day": "2026-10-10", "kind": "make_up"},
    ]
