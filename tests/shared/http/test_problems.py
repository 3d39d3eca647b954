"""Every failure is a document of one form: what is wrong, what to do, nothing of what is inside."""

from typing import Any

import pytest
from fastapi import APIRouter, FastAPI
from pydantic import BaseModel, Field
from starlette.testclient import TestClient

from shared.http.bounds import Limits
from shared.http.commanding import must_be_readable
from shared.http.guarded import guard_service, taking_lists
from shared.http.problems import MEDIA_TYPE, add_problem_documents
from shared.http.sentences import SHARED_LOCALES, Sentences
from shared.kernel.refusals import Refused


class Wish(BaseModel):
    name: str
    more: dict[str, Any] = {}


class WellIsDry(Refused):
    """The well {well} is dry. Wait for rain."""


@pytest.fixture
def client() -> TestClient:
    app, sentences = FastAPI(), Sentences([SHARED_LOCALES], "refusals")
    add_problem_documents(app, sentences)

    @app.post("/wishes")
    def wish(wish: Wish) -> dict[str, Any]:
        must_be_readable(wish.model_dump(mode="json"))
        return wish.model_dump()

    @app.get("/wells/{well}")
    def well(well: str) -> None:
        raise WellIsDry(field="well", well=well)

    @app.get("/defect")
    def defect() -> None:
        raise KeyError("the password is swordfish")

    guard_service(app, Limits(), sentences, [app.router], https=False)
    return TestClient(app, base_url="http://goals")


def problem(answer: Any, status: int, code: str) -> dict[str, Any]:
    assert answer.status_code == status
    assert answer.headers["content-type"] == MEDIA_TYPE
    told: dict[str, Any] = answer.json()
    assert (told["status"], told["code"]) == (status, code)
    assert told["detail"]
    return told


def test_a_refusal_names_field_and_remedy(client: TestClient) -> None:
    told = problem(client.get("/wells/7"), 422, "WellIsDry")
    assert told["detail"] == "The well 7 is dry. Wait for rain."
    assert (told["field"], told["instance"]) == ("well", "/wells/7")


def test_an_unknown_address_has_a_document(client: TestClient) -> None:
    told = problem(client.get("/nowhere", headers={"Accept-Language": "zh-CN"}), 404, "NoSuchRoute")
    assert told["detail"] == "这个地址没有内容。请检查地址是否正确。"


def test_a_method_that_is_not_known_is_told_which_are(client: TestClient) -> None:
    answer = client.delete("/wishes")
    told = problem(answer, 405, "MethodNotKnown")
    assert told["detail"] == "This address does not answer to DELETE. Ask it by one of: POST."
    assert answer.headers["Allow"] == "POST"


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 100_000,
        b'{"name": "x", "more": ' + b'{"a":' * 100_000 + b"1" + b"}" * 100_001,
        b"{" + b'"a":{' * 50_000,
        b'{"name": "\xff\xfe"}',
        b'{"name": "\xed\xa0\x80"}',
        b"\x00",
        b"",
        b"null",
        b'{"name": NaN}',
        b'{"name": ' + b"9" * 5_000 + b"}",
    ],
    ids=range(10),
)
def test_a_body_that_nobody_can_read_is_refused(client: TestClient, body: bytes) -> None:
    answer = client.post("/wishes", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code in (400, 422)
    assert answer.headers["content-type"] == MEDIA_TYPE
    assert answer.json()["code"] in ("BodyUnreadable", "NotWellFormed", "TextUnreadable")


def test_half_a_character_in_a_name_of_a_field_breaks_nothing(client: TestClient) -> None:
    sent = {"Content-Type": "application/json"}
    answer = client.post("/wishes", content=b'{"\\ud800": 1, "name": 7}', headers=sent)
    assert problem(answer, 422, "NotWellFormed")
    answer = client.post("/wishes", content=b'{"name": "\\ud800"}', headers=sent)
    assert problem(answer, 422, "TextUnreadable")


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "multipart/form-data", "x"])
def test_a_body_of_another_kind_is_refused(client: TestClient, kind: str) -> None:
    answer = client.post("/wishes", content=b'{"name": "x"}', headers={"Content-Type": kind})
    assert answer.status_code in (400, 422)
    assert answer.headers["content-type"] == MEDIA_TYPE


def test_a_defect_tells_its_number_and_nothing_else(client: TestClient) -> None:
    answer = client.get("/defect", headers={"Cairn-Correlation": "c-9"})
    told = problem(answer, 500, "Broken")
    assert told["details"] == {"correlation": "c-9"}
    assert "swordfish" not in answer.text
    assert "KeyError" not in answer.text


def test_what_is_too_large_says_how_large_it_may_be(client: TestClient) -> None:
    answer = client.post("/wishes", content=b"x" * ((1 << 20) + 1))
    assert problem(answer, 413, "BodyTooLarge")["details"] == {"limit": "1048576"}


def test_documents_are_never_stored(client: TestClient) -> None:
    assert client.get("/wells/7").headers["Cache-Control"] == "no-store"


class Entries(BaseModel):
    entries: tuple[Wish, ...] = Field(max_length=10_000)


def test_commands_that_take_long_lists_take_long_bodies() -> None:
    router = APIRouter()

    @router.post("/many")
    def many(entries: Entries) -> None: ...

    @router.post("/one")
    def one(wish: Wish) -> None: ...

    @router.get("/none")
    def none() -> None: ...

    assert list(taking_lists([router])) == ["/many"]
