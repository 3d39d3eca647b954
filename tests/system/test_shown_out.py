"""Whoever is deactivated is out within a second: of every session, every token, every service."""

from collections.abc import Callable, Iterator
from threading import Event, Thread
from time import monotonic, sleep
from uuid import UUID

import httpx2
import pytest

from services.host.house import RECORDING, House
from tests.support.children import until
from tests.support.doors import WANG, browsing, deactivate, employ, give_account
from tests.support.oidc_provider import OidcProvider, settings_for, standing_provider, travel
from tests.support.postgres import Databases
from tests.support.provisioning import PATCH, USER, provisioning

pytestmark = [pytest.mark.system, pytest.mark.timeout(300)]

ASKED = {
    "directory": "/people",
    "goals": "/cycles",
    "metrics": "/kpis",
    "appraisal": "/appraisals",
}
ALLOWED = 1.0


@pytest.fixture(scope="module")
def provider() -> Iterator[OidcProvider]:
    with standing_provider() as made:
        made.people = {
            "wang": {"sub": "1", "preferred_username": "wang.lei"},
        }
        yield made


@pytest.fixture(scope="module")
def house(module_databases: Databases, provider: OidcProvider) -> Iterator[House]:
    access = {name: module_databases(name) for name in (*RECORDING, "web")}
    with House(access, web={"providers": [settings_for(provider)]}) as made:
        employ(made, WANG, "王磊", "Wang Lei")
        give_account(made, WANG, "wang.lei")
        yield made


class Comings:
    """Tries again and again to get in somewhere, and remembers when it last set out and got in."""

    def __init__(self, tries: Callable[[], bool]) -> None:
        self._tries, self._stop = tries, Event()
        self.got_in = self.last = 0.0
        self.refused = 0
        self._thread = Thread(target=self._go, daemon=True)
        self._thread.start()

    def _go(self) -> None:
        while not self._stop.is_set():
            began = monotonic()
            if self._tries():
                self.got_in += 1
                self.last = began
            elif self.got_in:
                self.refused += 1
            sleep(0.05)

    def stop(self) -> None:
        self._stop.set()
        self._thread.join(timeout=30)


def minute_token(house: House, secret: str, service: str) -> httpx2.Response:
    return httpx2.post(
        f"{house.address}/api/token",
        json={"audience": service},
        headers={"Authorization": f"Bearer {secret}"},
        trust_env=False,
    )


def made_token(window: httpx2.Client) -> str:
    form = {"name": "report", "days": "90", **dict.fromkeys(RECORDING, "read")}
    page = window.post("/tokens", data=form).text
    return page.split('value="cairn_pat_')[1].split('"')[0]


def reads(house: House, service: str, token: str) -> bool:
    headers = {"Authorization": f"Bearer {token}"}
    url = f"{house.url(service)}{ASKED[service]}"
    return httpx2.get(url, headers=headers, trust_env=False).status_code == 200


def comings(house: House, window: httpx2.Client) -> dict[str, Comings]:
    """Every way in that this person has: two sessions, a token, and what it was exchanged for."""
    secret = f"cairn_pat_{made_token(window)}"
    begun: dict[str, Comings] = {
        "session": Comings(lambda: window.get("/sessions").status_code == 200),
        "access token": Comings(lambda: minute_token(house, secret, "goals").status_code == 200),
    }
    for name in ASKED:
        token = minute_token(house, secret, name).json()["access_token"]
        begun[name] = Comings(lambda s=name, t=token: reads(house, s, t))  # type: ignore[misc]
    return begun


def shown_out(house: House, who: str, person: UUID, out: Callable[[House, UUID], None]) -> None:
    with browsing(house) as window, browsing(house) as elsewhere:
        for one in (window, elsewhere):
            assert travel(one, who).arrive().status_code == 303
        tries = comings(house, window)
        try:
            until(
                lambda: all(one.got_in for one in tries.values()),
                30,
                lambda: str({name: one.got_in for name, one in tries.items()}),
            )
            assert all(one.refused == 0 for one in tries.values())
            out(house, person)
            answered = monotonic()
            until(
                lambda: all(one.refused >= 3 for one in tries.values()),
                20,
                lambda: str({name: one.refused for name, one in tries.items()}),
            )
            until(lambda: monotonic() > answered + ALLOWED + 0.5, 5)
        finally:
            for one in tries.values():
                one.stop()
        late = {name: one.last - answered for name, one in tries.items()}
        assert {name: after for name, after in late.items() if after > ALLOWED} == {}
        assert elsewhere.get("/sessions").status_code == 303
        assert travel(window, who).arrive().status_code == 403


def test_whoever_scim_brings_comes_in_and_whoever_it_switches_off_is_out_within_a_second(
    house: House, provider: OidcProvider
) -> None:
    provider.people["mei"] = {"sub": "3", "preferred_username": "mei@example.com"}
    user = {
        "schemas": [USER],
        "userName": "mei@example.com",
        "displayName": "梅香",
        "name": {"givenName": "Xiang", "familyName": "Mei"},
        "active": True,
    }

    def switch_off(_: House, person: UUID) -> None:
        off = {"op": "replace", "path": "active", "value": False}
        clerk.done("PATCH", f"/Users/{person}", {"schemas": [PATCH], "Operations": [off]})

    with provisioning(house) as clerk, browsing(house) as window:
        person = UUID(clerk.done("POST", "/Users", user)["id"])
        until(lambda: travel(window, "mei").arrive().status_code == 303, 20, "Mei's account")
        shown_out(house, "mei", person, switch_off)


def test_a_deactivation_ends_every_session_and_every_token_within_a_second(house: House) -> None:
    shown_out(house, "wang", WANG, deactivate)
