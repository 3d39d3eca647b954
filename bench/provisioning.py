"""A whole company comes in by SCIM, and again: ``python -m bench.provisioning 20000``.

As identity providers do it: each person is looked for by user name, then made; in the second round
looked for, then put whole with nothing changed; in the third likewise, with another title for one
of a hundred. Over HTTP, with the settings that the product runs with; one request after the other,
or so many at once as ``--at-once 4`` says. Told for each thousand, so that a growing cost shows,
and for each round. With a second number only so many come in by SCIM, after all the others were
registered with accounts.
"""

import argparse
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from time import perf_counter
from typing import Any

import httpx2
from rich.console import Console

from bench.measure import database_server, percentile
from services.host.house import House
from services.host.provisioning import Access, provision
from shared.eventing.collecting import collect_seldom
from shared.kernel.actors import service
from shared.kernel.ids import id_of

UNITS, THOUSAND, HUNDRED = 400, 1_000, 100
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
FACTS = "SELECT count(*) FROM log.facts"
OWN_FEEDS = ("organisation", "accounts")
THEIR_MANAGERS = 20
Timed = dict[str, list[float]]


class Company:
    """The directory, and an identity provider that speaks to it."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.client = httpx2.Client(trust_env=False, timeout=600)
        self._host("/commands/register-units", {"units": [_unit(n) for n in range(UNITS)]})
        token = self._host("/scim-tokens", {"label": "bench"})["token"]
        self.base = f"{house.url('directory')}/scim/v2"
        self.client.headers["Authorization"] = f"Bearer {token}"

    def facts(self) -> int:
        """How many facts there are in the log."""
        with self.house.services["directory"].pool.connection() as connection:
            row = connection.execute(FACTS).fetchone()
        return int(row[0]) if row else 0

    def ask(self, method: str, path: str, body: Any = None, **query: Any) -> Any:
        """One request that must be answered well."""
        answer = self.client.request(method, f"{self.base}/{path}", json=body, params=query)
        assert answer.is_success, answer.text
        return answer.json() if answer.content else None

    def register(self, numbers: range) -> None:
        """Let these be here before, as after an import."""
        people = [
            {
                "person_id": str(id_of("person", f"{n:05}")),
                "name": f"Person {n:05}",
                "name_en": f"Person {n:05}",
                "posts": [{"unit_id": _unit(n % UNITS)["unit_id"], "title": "Sales rep"}],
                "effective_from": "2026-01-05",
            }
            for n in numbers
        ]
        self._host("/commands/register-people", {"people": people})
        accounts = [
            {"person_id": str(id_of("person", f"{n:05}")), "user_name": _name(n)} for n in numbers
        ]
        self._host("/commands/provision-accounts", {"accounts": accounts})
        directory = self.house.services["directory"]
        heads = {feed: directory.reader.stretch(feed, 0, 1).head for feed in OWN_FEEDS}
        assert directory.followed.wait_for(heads, longest=600)

    def _host(self, path: str, body: Any) -> Any:
        token = self.house.token(service("host"), "directory")
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": path}
        answer = self.client.post(self.house.url("directory") + path, json=body, headers=headers)
        assert answer.is_success, answer.text
        return answer.json()


def rounds(
    company: Company, people: int, by_scim: int, at_once: int
) -> Iterator[tuple[str, int, float, Timed]]:
    """Each thousand of each round, in how many seconds, with the milliseconds of every request by
    kind.
    """
    known = range(people - by_scim)
    ids = {n: str(id_of("person", f"{n:05}")) for n in known}
    if known:
        company.register(known)
    coming = range(len(known), people)
    works: dict[str, tuple[range, Callable[[int, Timed], None]]] = {
        "first": (coming, partial(_bring, company, ids)),
        "second": (coming, partial(_bring_again, company, ids, 0)),
        "third": (coming, partial(_bring_again, company, ids, HUNDRED)),
        "pages": (range(20), lambda n, t: _look(company, n * people // 20, t)),
    }
    for name, (numbers, work) in works.items():
        for n, took, times in _each(numbers, work, at_once):
            yield name, n, took, times


def _each(
    people: range, work: Callable[[int, Timed], None], at_once: int
) -> Iterator[tuple[int, float, Timed]]:
    with ThreadPoolExecutor(at_once) as clients:
        for first in range(people.start, people.stop, THOUSAND):
            times, start = Timed(), perf_counter()
            some = range(first, min(first + THOUSAND, people.stop))
            for n in some[:THEIR_MANAGERS]:
                work(n, times)  # one by one: the first ones manage each other
            list(clients.map(partial(work, times=times), some[THEIR_MANAGERS:]))
            yield some.stop, perf_counter() - start, times


def _bring(company: Company, ids: dict[int, str], n: int, times: Timed) -> None:
    found = _timed(times, "find", lambda: _find(company, n))
    assert found["totalResults"] == 0
    made = _timed(times, "create", lambda: company.ask("POST", "Users", _user(n, ids)))
    ids[n] = str(made["id"])


def _bring_again(company: Company, ids: dict[int, str], every: int, n: int, times: Timed) -> None:
    (found,) = _timed(times, "find", lambda: _find(company, n))["Resources"]
    assert found["id"] == ids[n]
    body = _user(n, ids) | {"id": ids[n]}
    changed = every and n % every == 0
    body |= {"title": "Sales manager"} if changed else {}
    kind = "put changed" if changed else "put"
    _timed(times, kind, lambda: company.ask("PUT", f"Users/{ids[n]}", body))


def _look(company: Company, start: int, times: Timed) -> None:
    _timed(times, "page", lambda: company.ask("GET", "Users", startIndex=start + 1, count=100))


def _find(company: Company, n: int) -> Any:
    return company.ask("GET", "Users", filter=f'userName eq "{_name(n)}"')


def _timed(times: Timed, kind: str, work: Callable[[], Any]) -> Any:
    start = perf_counter()
    answer = work()
    times.setdefault(kind, []).append((perf_counter() - start) * 1000)
    return answer


def _name(n: int) -> str:
    return f"person{n:05}@farhill.example"


def _user(n: int, ids: dict[int, str]) -> dict[str, Any]:
    boss = {"manager": {"value": ids[n // 10]}} if n else {}
    return {
        "userName": _name(n),
        "externalId": f"e-{n:05}",
        "active": True,
        "displayName": f"Person {n:05}",
        "name": {"givenName": "Person", "familyName": f"{n:05}"},
        "title": "Sales rep",
        "emails": [{"value": _name(n), "type": "work", "primary": True}],
        ENTERPRISE: {"employeeNumber": f"{n:05}", "department": f"D{n % UNITS:03}", **boss},
    }


def _unit(n: int) -> dict[str, Any]:
    names = {"name_zh": f"部门 {n:03}", "name_en": f"Department {n:03}"}
    unit = {"unit_id": str(id_of("unit", n)), "code": f"D{n:03}", "kind": "department"}
    return {**unit, **names, "effective_from": "2026-01-05"}


def main() -> None:
    """Run it and tell it, a line for each thousand."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("people", type=int, nargs="?", default=20_000)
    arguments.add_argument("by_scim", type=int, nargs="?")
    arguments.add_argument("--at-once", type=int, default=1)
    given = arguments.parse_args()
    by_scim = given.people if given.by_scim is None else given.by_scim
    told, took = Console(highlight=False, soft_wrap=True), dict[str, float]()
    collect_seldom()
    with database_server() as admin, House(_access(admin)) as house:
        company = Company(house)
        for name, n, seconds, times in rounds(company, given.people, by_scim, given.at_once):
            took[name] = took.get(name, 0) + seconds
            figures = [
                f"{kind} p50 {percentile(ms, 0.5):.1f} p99 {percentile(ms, 0.99):.1f} ms"
                for kind, ms in times.items()
            ]
            so_far = f"{company.facts():8} facts  {seconds:5.1f} s, {took[name]:6.1f} in all"
            load = f"load {os.getloadavg()[0]:.1f}"
            told.print(f"{name:6} {n:6}  {so_far}  {load}  " + "   ".join(figures))


def _access(admin: str) -> dict[str, Access]:
    return {"directory": provision(admin, "directory", "bench", "bench_")}


if __name__ == "__main__":
    main()
