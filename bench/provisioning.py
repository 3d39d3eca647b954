"""A whole company comes in by SCIM, and a second time: ``python -m bench.provisioning 20000``.

As identity providers do it: each person is looked for by user name, then made; in the second round
looked for, then put whole with nothing changed. One request after the other, over HTTP, with the
settings that the product runs with. Told for each thousand, so that a growing cost shows. With a
second number only so many come in by SCIM, after all the others were registered with accounts.
"""

import sys
from collections.abc import Callable, Iterator
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

UNITS, THOUSAND = 400, 1_000
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
FACTS = "SELECT count(*) FROM log.facts"
OWN_FEEDS = ("organisation", "accounts")
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


def rounds(company: Company, people: int, by_scim: int) -> Iterator[tuple[str, int, Timed]]:
    """Each thousand of each round, with the milliseconds of every request by kind."""
    known = range(people - by_scim)
    ids = [str(id_of("person", f"{n:05}")) for n in known]
    if known:
        company.register(known)
    coming = range(len(known), people)
    for n, times in _each(coming, lambda n, t: ids.append(_bring(company, n, ids, t))):
        yield "first", n, times
    for n, times in _each(coming, lambda n, t: _bring_again(company, n, ids, t)):
        yield "second", n, times
    for n, times in _each(range(20), lambda n, t: _look(company, n * people // 20, t)):
        yield "pages", n, times


def _each(people: range, work: Callable[[int, Timed], None]) -> Iterator[tuple[int, Timed]]:
    times: Timed = {}
    for n in people:
        work(n, times)
        if (n + 1) % THOUSAND == 0 or n + 1 == people.stop:
            yield n + 1, times
            times = {}


def _bring(company: Company, n: int, ids: list[str], times: Timed) -> str:
    found = _timed(times, "find", lambda: _find(company, n))
    assert found["totalResults"] == 0
    return str(_timed(times, "create", lambda: company.ask("POST", "Users", _user(n, ids)))["id"])


def _bring_again(company: Company, n: int, ids: list[str], times: Timed) -> None:
    (found,) = _timed(times, "find", lambda: _find(company, n))["Resources"]
    assert found["id"] == ids[n]
    body = _user(n, ids) | {"id": ids[n]}
    _timed(times, "put", lambda: company.ask("PUT", f"Users/{ids[n]}", body))


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


def _user(n: int, ids: list[str]) -> dict[str, Any]:
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
    numbers = [int(said) for said in sys.argv[1:]] or [20_000]
    people, by_scim = numbers[0], numbers[-1]
    told = Console(highlight=False)
    collect_seldom()
    with database_server() as admin, House(_access(admin)) as house:
        company = Company(house)
        for name, n, times in rounds(company, people, by_scim):
            figures = [
                f"{kind} p50 {percentile(ms, 0.5):.1f} p99 {percentile(ms, 0.99):.1f} ms"
                for kind, ms in times.items()
            ]
            told.print(
                f"{name:6} {n:6}  {company.facts():8} facts  " + "   ".join(figures),
                soft_wrap=True,
            )


def _access(admin: str) -> dict[str, Access]:
    return {"directory": provision(admin, "directory", "bench", "bench_")}


if __name__ == "__main__":
    main()
