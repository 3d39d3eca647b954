"""All screens together: how often they ask, however large the company is."""

from collections.abc import Callable
from typing import Any

import httpx2
import pytest

from services.web.clients.asking import Neighbour
from services.web.pages.organisation import people, person, units

Id = Callable[[str], str]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the pages ask the directory from now on."""
    paths: list[str] = []
    ask = Neighbour.ask

    async def counted(self: Neighbour, asking: Any, path: str, **wanted: Any) -> Any:
        if self.name == "directory":
            paths.append(path)
        return await ask(self, asking, path, **wanted)

    monkeypatch.setattr(Neighbour, "ask", counted)
    return paths


def test_a_page_asks_as_often_for_few_as_for_many(
    hr: httpx2.Client,
    asked: list[str],
    id_of_unit: Id,
    id_of_person: Id,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    screens = (
        *("/units", "/people", "/calendar?year=2026"),
        *(f"/units/{id_of_unit(code)}" for code in ("HOME", "SHOP")),
        *(f"/people/{id_of_person(code)}" for code in ("E001", "E022")),
        *(f"/people/{id_of_person(code)}/leaving" for code in ("E020", "E022")),
    )
    for module, name in ((people, "AT_A_TIME"), (person, "REPORTS_SHOWN"), (units, "PEOPLE_SHOWN")):
        for size in (1, 50):
            monkeypatch.setattr(module, name, size)
            for address in screens:
                asked.clear()
                assert hr.get(address).status_code == 200
                assert len(asked) <= 9, (address, asked)


def test_forms_are_found_before_ids_are_looked_for(hr: httpx2.Client) -> None:
    for address in ("/units/found", "/people/register", "/people/choices?field=a"):
        assert hr.get(address).status_code == 200
