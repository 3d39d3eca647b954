"""A small house to sign in to: the directory and the pages, with one person in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import httpx2

from services.host.house import House
from shared.kernel.actors import service
from shared.kernel.ids import id_of
from tests.support.house import running, speaking
from tests.support.postgres import Databases

WANG = id_of("person", "E021")


@contextmanager
def small_house(databases: Databases, **web: Any) -> Iterator[House]:
    """The directory and the pages in one process; Wang Lei works here."""
    with running(databases, "directory", "web", web=web) as house:
        employ(house, WANG, "王磊", "Wang Lei")
        yield house


def employ(house: House, who: UUID, name: str, name_en: str) -> None:
    """Let somebody work here from the beginning of the year."""
    entry = {"person_id": str(who), "name": name, "name_en": name_en}
    with speaking(house, "directory", service("import")) as clerk:
        body = {"people": [entry | {"effective_from": "2026-01-01"}]}
        clerk.done("register-people", body)
        assert clerk.read(f"/people/{who}")["person"]


def give_account(house: House, who: UUID, user_name: str, external_id: str = "") -> None:
    """Let somebody be known outside by these."""
    entry = {"person_id": str(who), "user_name": user_name, "external_id": external_id or None}
    with speaking(house, "directory", service("import")) as clerk:
        clerk.done("provision-accounts", {"accounts": [entry]})
        assert clerk.read(f"/people/{who}")["person"]


def deactivate(house: House, who: UUID) -> None:
    """Let somebody act no more, at once."""
    with speaking(house, "directory", service("import")) as clerk:
        clerk.done("deactivate-people", {"people": [{"person_id": str(who)}]})


def dismiss(house: House, who: UUID) -> None:
    """Let somebody's employment have ended; answers when the directory's tables say so."""
    with speaking(house, "directory", service("import")) as clerk:
        clerk.done("end-employment", {"person_id": str(who), "last_day": "2026-01-02"})
        assert clerk.read(f"/people/{who}")["person"]["last_day"]


@contextmanager
def browsing(house: House, language: str = "en") -> Iterator[httpx2.Client]:
    """A browser at the address of the house; it says, as browsers do, that forms are our own."""
    headers = {"Sec-Fetch-Site": "same-origin", "Accept-Language": language}
    with httpx2.Client(base_url=house.address, headers=headers, trust_env=False) as client:
        yield client
