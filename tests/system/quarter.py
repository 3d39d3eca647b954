"""The demo quarter, lived through day by day in any shape of the house, and what it must show.

A house is spoken to over HTTP only: where each service answers, and tokens for who speaks.
"""

from collections.abc import Mapping
from contextlib import ExitStack
from datetime import date, datetime, timedelta
from decimal import Decimal
from types import TracebackType
from typing import Any, Self
from zoneinfo import ZoneInfo

import httpx2
import psycopg

from services.host.demo.quarter import workbook
from services.host.importing.known import KnownByServices
from services.host.importing.planning.names import appraisal_id, key_result_id, person_id
from services.host.importing.planning.plan import plan
from services.host.importing.reading import read_book
from services.host.importing.running import Outcome, run
from services.host.importing.sending import Door, Sender
from services.host.importing.validation import faults_of
from services.host.provisioning import Access
from shared.eventing.rehearsal import Rehearsal
from shared.kernel.actors import person
from tests.support.children import until

SHANGHAI = ZoneInfo("Asia/Shanghai")
BEGIN, MIDDLE, END = date(2026, 1, 1), date(2026, 8, 10), date(2026, 12, 31)
CUSTOMERS = key_result_id("D1-1")
# docs/worked-example.md
BY_HAND = {
    "E021": Decimal("98.75"),
    "E022": Decimal("92.76"),
    "E023": Decimal("92.21"),
    "E024": Decimal("109.10"),
    "E031": Decimal("101.08"),
}


def evening(month: int, day: int) -> datetime:
    """The end of a day of 2026 in Shanghai."""
    return datetime(2026, month, day, 23, 0, tzinfo=SHANGHAI)


class Quarter:
    """Runs the quarter's commands up to a day, and asks what the house shows."""

    def __init__(self, house: Door, access: Mapping[str, Access]) -> None:
        self._house, self._access = house, access
        self._stack = ExitStack()
        self._client = self._stack.enter_context(httpx2.Client(timeout=60, trust_env=False))
        self._sender = Sender(house, self._client)

    def __enter__(self) -> Self:
        self._clocks = [
            self._stack.enter_context(Rehearsal(access.owner)) for access in self._access.values()
        ]
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    def live_the_first_half(self) -> Outcome:
        """Everything up to the first revision of a target."""
        return self._live(BEGIN, MIDDLE)

    def live_the_second_half(self) -> Outcome:
        """Everything after it: corrections, more revisions, reviews."""
        return self._live(MIDDLE + timedelta(days=1), END)

    def _live(self, first: date, last: date) -> Outcome:
        book, known = read_book(workbook("en")), KnownByServices(self._sender)
        assert list(faults_of(book, known)) == []
        due = [
            command
            for command in plan(book, known)
            if first <= command.day <= last and command.service in self._access
        ]
        assert due, "nothing happens in these days"
        return run(due, self._sender, set_clock=self._set_clocks)

    def _set_clocks(self, instant: datetime) -> None:
        for clock in self._clocks:
            clock.show(instant)

    def read(self, service: str, path: str, who: str = "E010", **params: Any) -> dict[str, Any]:
        """What a service answers to somebody, the head of sales unless said otherwise."""
        token = self._house.token(person(person_id(who)), service)
        answer = self._client.get(
            f"{self._house.url(service)}{path}",
            params=params,
            headers={"Authorization": f"Bearer {token}", "Accept-Language": "en"},
        )
        assert answer.status_code == 200, answer.text
        told: dict[str, Any] = answer.json()
        return told

    def known(self, at: datetime, path: str) -> dict[str, Any]:
        """What goals knew at an instant; waits until all it follows is complete through it."""

        def told() -> dict[str, Any] | None:
            answer = self.read("goals", path, as_of=at.isoformat())
            return answer if datetime.fromisoformat(answer["as_of"]) == at else None

        answer: dict[str, Any] = until(told, what=f"completeness through {at}")
        return answer

    def everything_has_arrived(self) -> bool:
        """Whether every table of every service stands at the head of the feed that it follows."""
        heads = {feed: at for access in self._access.values() for feed, at in _heads(access)}
        tables = [table for name in self._access for table in self._tables(name)]
        return all(table["position"] == heads.get(table["feed"], 0) for table in tables)

    def _tables(self, service: str) -> list[dict[str, Any]]:
        ready = self._client.get(f"{self._house.url(service)}/health/ready").json()
        assert ready["status"] == "ready", ready
        tables: list[dict[str, Any]] = ready["tables"]
        return tables


def _heads(access: Access) -> list[tuple[str, int]]:
    with psycopg.connect(access.runtime) as connection:
        return connection.execute("SELECT feed, max(position) FROM log.facts GROUP BY 1").fetchall()


def must_show_the_first_half(quarter: Quarter) -> None:
    """After the first revision: 1,200 became 1,000, and before it nobody knew of that."""
    until(quarter.everything_has_arrived, seconds=40, what="all of it in every table")
    before, after = customers(quarter, evening(8, 2)), customers(quarter, evening(8, 3))
    assert (before["original"], before["current"]) == (1200, 1200)
    assert (after["original"], after["current"]) == (1200, 1000)
    assert before["vs_original"] == before["vs_current"] < after["vs_current"]


def must_show_the_quarter(quarter: Quarter) -> None:
    """Both targets to the end, what was known on the way, and the appraisals worked out by hand."""
    must_show_the_first_half(quarter)
    end = customers(quarter, evening(9, 30))
    assert (end["original"], end["current"]) == (1200, 1100)
    assert end["vs_original"] < end["vs_current"] == Decimal("0.95")
    assert {code: total(quarter, code) for code in BY_HAND} == BY_HAND


def customers(quarter: Quarter, at: datetime) -> dict[str, Decimal]:
    """Targets and progress of "new paying customers", as known at an instant."""
    told = quarter.known(at, f"/key-results/{CUSTOMERS}")
    return {
        "original": Decimal(told["original"]["measure"]["target"]),
        "current": Decimal(told["measure"]["target"]),
        "vs_original": Decimal(told["progress"]["vs_original"]),
        "vs_current": Decimal(told["progress"]["vs_current"]),
    }


def total(quarter: Quarter, code: str) -> Decimal:
    """Somebody's total as HR sees it."""
    told = quarter.read("appraisal", f"/appraisals/{appraisal_id(code, '2026-Q3')}", who="E002")
    return Decimal(told["total"])
