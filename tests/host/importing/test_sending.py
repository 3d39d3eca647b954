from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import httpx2
import pytest

from services.host.importing.known import KnownByServices
from services.host.importing.planning.command import Command, Step
from services.host.importing.rows import Book
from services.host.importing.sending import ATTEMPTS, ImportStopped, Sender
from shared.kernel.actors import Actor, service
from shared.kernel.ids import id_of
from tests.support.workbooks import book_of, small

Answering = Callable[[httpx2.Request], httpx2.Response]


class Door:
    """A way to services that are not there; remembers for whom tokens were asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[Actor, str]] = []

    def url(self, service: str) -> str:
        return f"http://{service}.test"

    def token(self, actor: Actor, service: str) -> str:
        self.asked.append((actor, service))
        return "token"


class Service:
    """Gives these answers in turn, the last one for ever."""

    def __init__(self, *answers: httpx2.Response | None, positions: dict[str, list[int]]) -> None:
        self._answers, self._positions = list(answers), positions
        self.requests: list[httpx2.Request] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        if request.url.path == "/health/ready":
            tables = [
                {"feed": feed, "position": at.pop(0) if len(at) > 1 else at[0]}
                for feed, at in self._positions.items()
            ]
            return httpx2.Response(200, json={"tables": tables})
        self.requests.append(request)
        answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        if answer is None:
            raise httpx2.ConnectError("nobody there")
        return answer


def accepted(seen: str = "") -> httpx2.Response:
    return httpx2.Response(200, json={"streams": []}, headers={"Cairn-Seen": seen})


def sender(*answers: httpx2.Response | None, **positions: list[int]) -> tuple[Sender, Any, Any]:
    """A sender that does not sleep, and the service and door that it speaks to."""
    told, door = Service(*answers, positions=positions), Door()
    client = httpx2.Client(transport=httpx2.MockTransport(told))
    return Sender(door, client, "zh", pause=lambda _: None), told, door


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    return book_of(tmp_path_factory.mktemp("book"), small())


def command(book: Book, name: str = "metrics") -> Command:
    """Two check-ins of one person."""
    rows = tuple(book.rows("check_ins")[:2])
    body = {"check_ins": [{"n": 1}, {"n": 2}]}
    return Command(
        date(2026, 7, 10), Step.CHECK_INS, name, "check-in", body, rows, "E010", "check_ins"
    )


def test_a_command_is_sent_by_the_import_on_the_persons_behalf(book: Book) -> None:
    sending, told, door = sender(accepted())
    sending.send(command(book))
    (request,) = told.requests
    assert str(request.url) == "http://metrics.test/commands/check-in"
    assert request.headers["Idempotency-Key"] == command(book).key
    assert request.headers["Accept-Language"] == "zh-CN"
    assert door.asked == [(service("import", id_of("person", "E010")), "metrics")]


def test_one_token_serves_several_commands(book: Book) -> None:
    sending, _, door = sender(accepted())
    sending.send(command(book))
    sending.send(command(book))
    assert len(door.asked) == 1


def test_what_may_pass_is_tried_again_with_the_same_key(book: Book) -> None:
    sending, told, _ = sender(None, httpx2.Response(503), httpx2.Response(409), accepted())
    sending.send(command(book))
    assert len({request.headers["Idempotency-Key"] for request in told.requests}) == 1
    assert len(told.requests) == 4


def test_a_service_that_stays_away_stops_the_import(book: Book) -> None:
    sending, told, _ = sender(None)
    with pytest.raises(ImportStopped) as stopped:
        sending.send(command(book))
    assert len(told.requests) == ATTEMPTS
    assert "无法连接" in stopped.value.fault.wrong("zh")


@pytest.mark.parametrize(
    ("field", "row", "column"),
    [
        ("check_ins[1].value", 3, "Value"),
        ("check_ins[0].key_result_id", 2, "Key result"),
        ("check_ins[1].something", 3, "Check-in code"),
        (None, 2, "Check-in code"),
    ],
)
def test_a_refusal_names_row_and_column(
    book: Book, field: str | None, row: int, column: str
) -> None:
    problem = {"detail": "No.", "field": field, "status": 422}
    sending, _, _ = sender(httpx2.Response(422, json=problem))
    with pytest.raises(ImportStopped) as stopped:
        sending.send(command(book))
    fault = stopped.value.fault
    assert (fault.sheet, fault.row, fault.column) == ("check_ins", row, column)
    assert fault.wrong("en") == "metrics refuses this: No."


def test_it_waits_until_the_next_service_knows_what_was_done(book: Book) -> None:
    sending, _, _ = sender(accepted("objectives@7"), objectives=[3, 5, 7])
    sending.send(command(book, "goals"))
    sending.send(command(book, "metrics"))
    assert sending._shown["metrics"] == {"objectives": 7}
    assert sending._shown["appraisal"] == {}


def test_an_answer_that_is_no_problem_document_stops_too(book: Book) -> None:
    sending, _, _ = sender(httpx2.Response(404, text="nothing here"))
    with pytest.raises(ImportStopped, match="metrics refuses"):
        sending.send(command(book))


def test_what_is_known_is_asked_once_for_each_code(tmp_path: Path) -> None:

    sending, told, _ = sender(
        httpx2.Response(200, json={"items": [{"code": "A", "state": "closed"}]})
    )
    known = KnownByServices(sending)
    assert [known.knows("cycles", code) for code in ("A", "B", "A")] == [True, False, True]
    assert known.is_closed("A")
    assert not known.is_closed("B")
    assert len(told.requests) == 1
