"""A whole company in the directory, and how fast its pages are: ``python -m bench.organisation``.

A thousand units in a tree, twenty thousand people with a post, a manager and a role, registered in
one command; then what the pages ask, and pages themselves as they come to a browser, each twenty
times over HTTP, with the settings that the product runs with. Figures are medians and the 95th of a
hundred, in milliseconds.
"""

import os
import sys
from collections.abc import Iterator
from random import Random
from time import perf_counter
from typing import Any
from uuid import uuid4

import httpx2
from rich.console import Console
from rich.table import Table

from bench.measure import database_server, percentile
from services.host.house import House
from services.host.provisioning import provision
from shared.eventing.collecting import collect_seldom
from shared.kernel.actors import service
from shared.kernel.ids import id_of

TIMES, SINCE = 20, "2026-01-01"
DIVISIONS, DEPARTMENTS = 10, 100
SURNAMES, GIVEN = (
    "张王李赵陈杨黄周吴徐孙马朱胡林郭何高罗郑",
    "伟芳娜敏静强磊洋艳勇军杰娟涛明超秀霞平刚",
)
Row = tuple[str, list[float]]


class Company:
    """The directory of one company, spoken to by the ``cairn`` command."""

    def __init__(self, house: House, people: int, units: int) -> None:
        self.house, self.client = house, httpx2.Client(trust_env=False, timeout=300)
        self.seen = ""
        self.units = [_unit(n) for n in range(units)]
        self.people = list(_people(people, units, Random(7)))

    def registered(self) -> Iterator[Row]:
        """Units, then people, then the same people again; each until the tables show it."""
        yield "register units", [self._command("register-units", {"units": self.units})]
        for name in ("register people, one command", "the same again, nothing changed"):
            yield name, [self._command("register-people", {"people": self.people})]
        yield "a single person more", [self._one_more() for _ in range(TIMES)]

    def asked(self) -> Iterator[Row]:
        """What the pages ask."""
        unit, team = (one["unit_id"] for one in (self.units[1], self.units[-1]))
        boss = self.people[200]["person_id"]
        for name, path, query in (
            ("search by sound, zhangwei", "/people", {"search": "zhangwei", "limit": 20}),
            ("search by initials, zw", "/people", {"search": "zw", "limit": 20}),
            ("search by one letter, z", "/people", {"search": "z", "limit": 20}),
            ("search by a character, 张", "/people", {"search": "张", "limit": 20}),
            ("the top of the tree", "/units/children", {}),
            ("children of the company", f"/units/{self.units[0]['unit_id']}/children", {}),
            ("children of a division", f"/units/{unit}/children", {}),
            ("one team", f"/units/{team}", {}),
            ("people of a team", "/people", {"unit": team, "limit": 50}),
            ("people of a division, below too", "/people", _below(unit)),
            ("people of the company, below too", "/people", _below(self.units[0]["unit_id"])),
            ("people of a manager", "/people", {"manager": boss}),
            ("one person", f"/people/{boss}", {}),
            ("all people, first page", "/people", {"limit": 50}),
            ("all units", "/units", {}),
            ("fifty units by id", "/units", {"id": [u["unit_id"] for u in self.units[:1000:20]]}),
            ("units found by a part of the name", "/units", {"search": "77", "limit": 12}),
        ):
            yield name, [self._read(path, query) for _ in range(TIMES)]

    def shown(self) -> Iterator[Row]:
        """Pages, for somebody who is signed in."""
        unit, boss = self.units[1]["unit_id"], self.people[200]["person_id"]
        with httpx2.Client(trust_env=False, timeout=60, base_url=self.house.address) as browser:
            browser.headers["Sec-Fetch-Site"] = "same-origin"
            signed = browser.post("/sign-in", data={"person": self._first()})
            assert signed.status_code == 303, signed.text
            for name, address in (
                ("page: all people", "/people"),
                ("page: people found by sound", "/people?q=zhangwei"),
                ("page: people of a division, below too", f"/people?unit={unit}&below=true"),
                ("page: one person", f"/people/{boss}"),
                ("page: the form of a new person", "/people/register"),
                ("page: the form of a new unit", "/units/found"),
                ("page: the top of the tree", "/units"),
                ("page: one unit", f"/units/{unit}"),
            ):
                yield name, [_opened(browser, address) for _ in range(TIMES)]

    def _first(self) -> str:
        """Whom the demonstration's door offers first."""
        url, query = self.house.url("directory") + "/people", {"limit": 1}
        people = self.client.get(url, params=query, headers=self._signed()).json()["people"]
        return str(people[0]["person_id"])

    def _one_more(self) -> float:
        return self._command("register-people", {"people": [{**self.people[0], **_fresh()}]})

    def _command(self, name: str, body: Any) -> float:
        start = perf_counter()
        url = f"{self.house.url('directory')}/commands/{name}"
        key = {"Idempotency-Key": str(uuid4())}
        answer = self.client.post(url, json=body, headers=self._signed() | key)
        assert answer.is_success, answer.text
        feed, _, position = answer.headers.get("Cairn-Seen", "organisation@0").partition("@")
        followed = self.house.services["directory"].followed
        assert followed.wait_for({feed: int(position)}, longest=300)
        return 1000 * (perf_counter() - start)

    def _read(self, path: str, query: dict[str, Any]) -> float:
        start = perf_counter()
        url = self.house.url("directory") + path
        answer = self.client.get(url, params=query, headers=self._signed())
        assert answer.is_success, answer.text
        return 1000 * (perf_counter() - start)

    def _signed(self) -> dict[str, str]:
        token = self.house.token(service("host"), "directory")
        return {"Authorization": f"Bearer {token}", "Accept-Language": "zh-CN"}


def _opened(browser: httpx2.Client, address: str) -> float:
    start = perf_counter()
    answer = browser.get(address)
    assert answer.status_code == 200, f"{address} {answer.headers} {answer.text}"
    return 1000 * (perf_counter() - start)


def _below(unit: str) -> dict[str, Any]:
    return {"unit": unit, "below": True, "limit": 50}


def _fresh() -> dict[str, str]:
    return {"person_id": str(uuid4())}


def _unit(n: int) -> dict[str, Any]:
    """The company, its divisions, their departments, and teams below."""
    above = None if n == 0 else 0
    if n > DIVISIONS:
        above = 1 + n % DIVISIONS
    if n > DIVISIONS + DEPARTMENTS:
        above = 1 + DIVISIONS + n % DEPARTMENTS
    return {
        "unit_id": str(id_of("unit", str(n))),
        "code": f"U{n:05d}",
        "kind": "team" if n else "company",
        "name_zh": f"部门{n}",
        "name_en": f"Unit {n}",
        "parent_id": None if above is None else str(id_of("unit", str(above))),
        "effective_from": SINCE,
    }


def _people(people: int, units: int, random: Random) -> Iterator[dict[str, Any]]:
    """Each reports to the one a twentieth up, so that a line is a few steps long."""
    for n in range(people):
        name = random.choice(SURNAMES) + "".join(random.choices(GIVEN, k=random.randint(1, 2)))
        yield {
            "person_id": str(id_of("person", str(n))),
            "name": name,
            "name_en": f"Person {n}",
            "posts": [{"unit_id": str(id_of("unit", str(n % units))), "title": "员工"}],
            "managers": [{"manager_id": str(id_of("person", str(n // 20)))}] if n else [],
            "roles": [{"role": "employee"}],
            "effective_from": SINCE,
        }


def main(people: int = 20_000, units: int = 1_000) -> None:
    """Measure and tell."""
    collect_seldom()  # as every process of the product does when it starts
    table = Table("", "p50 ms", "p95 ms", "load", box=None)
    with database_server() as admin:
        access = {
            name: provision(admin, name, "bench", "bench_company_") for name in ("directory", "web")
        }
        with House(access, web={"development_login": True}) as house:
            company = Company(house, people, units)
            for rows in (company.registered(), company.asked(), company.shown()):
                for name, times in rows:
                    middle, high = percentile(times, 0.5), percentile(times, 0.95)
                    load = f"{os.getloadavg()[0]:.0f}"
                    table.add_row(name, f"{middle:,.1f}", f"{high:,.1f}", load)
    Console().print(table)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
