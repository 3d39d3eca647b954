"""Units that are given one name after another by a client that never believes in silence."""

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event
from typing import Any
from uuid import UUID, uuid4

import httpx2
import psycopg

from services.host.provisioning import Access
from shared.kernel.actors import service
from shared.kernel.ids import id_of
from tests.support.children import until
from tests.support.processes import Processes

UNITS = 3
NAMED = (
    "SELECT split_part(convert_from(state, 'UTF8'), E'\\n', 2)::jsonb ->> 'name_en'"
    " FROM log.facts WHERE name = 'directory.Unit.Named' AND stream = %s ORDER BY position"
)


@dataclass
class Renaming:
    """Gives three units the names 1, 2, 3 …, each asked for until it is acknowledged.

    Answers get lost, and old requests are delivered once more when newer ones have been answered.
    """

    house: Processes
    client: httpx2.Client
    name: str
    with_fresh_keys: bool = False
    acknowledged: int = 0
    repeated: int = 0
    answers: dict[int, bytes] = field(default_factory=dict)

    @property
    def units(self) -> list[UUID]:
        """What it names."""
        return [id_of("unit", self.name, n) for n in range(UNITS)]

    def next(self) -> None:
        """The next name, asked for until it is acknowledged."""
        number = self.acknowledged + 1
        answer = until(lambda: self._delivered(number), 60, f"answer {number}", pause=0.1)
        self.answers[number] = answer.content
        self.acknowledged = number

    def lose_an_answer(self) -> None:
        """The next name is asked for, and nobody waits for the answer."""
        self._delivered(self.acknowledged + 1, patience=0.001)

    def deliver_late(self) -> None:
        """The name before the last is asked for again: answered as it was then, and not done."""
        number = self.acknowledged - 1
        if number > 0 and (answer := self._delivered(number)) is not None:
            self.repeated += answer.headers.get("Idempotency-Replayed") == "true"
            assert self.with_fresh_keys or answer.content == self.answers[number]

    def _delivered(self, number: int, patience: float = 5.0) -> httpx2.Response | None:
        key = str(uuid4()) if self.with_fresh_keys else f"{self.name} {number}"
        token = self.house.token(service("import"), "directory")
        try:
            answer = self.client.post(
                f"{self.house.url('directory')}/commands/register-units",
                json=self._body(number),
                headers={"Authorization": f"Bearer {token}", "Idempotency-Key": key},
                timeout=httpx2.Timeout(5.0, read=patience),
            )
        except httpx2.TransportError:
            return None
        assert answer.status_code in (200, 503), answer.text
        return answer if answer.status_code == 200 else None

    def _body(self, number: int) -> dict[str, Any]:
        said = {"name_zh": "团队", "name_en": str(number), "effective_from": "2026-07-01"}
        return {
            "units": [
                {"unit_id": str(one), "code": str(one), "kind": "team", **said}
                for one in self.units
            ]
        }


@contextmanager
def renaming(house: Processes, name: str, **more: Any) -> Iterator[Renaming]:
    """A client that gives names."""
    with httpx2.Client(trust_env=False) as client:
        yield Renaming(house, client, name, **more)


def keep_renaming(house: Processes, name: str, enough: Event) -> Renaming:
    """Go on until it is enough; one answer in four gets lost, one request in four comes late."""
    chance = random.Random(name)
    with renaming(house, name) as client:
        while not enough.is_set():
            if chance.random() < 0.25:
                client.lose_an_answer()
            client.next()
            if chance.random() < 0.25:
                client.deliver_late()
        return client


def nothing_is_lost_or_doubled(access: Access, clients: Sequence[Renaming]) -> None:
    """Every acknowledged name stands in the log once, in order, and no other does."""
    with psycopg.connect(access.runtime) as connection:
        for client in clients:
            wanted = [str(n) for n in range(1, client.acknowledged + 1)]
            for one in client.units:
                found = [row[0] for row in connection.execute(NAMED, (one,)).fetchall()]
                lost = [n for n in wanted if n not in found]
                doubled = sorted({n for n in found if found.count(n) > 1})
                assert not lost, f"acknowledged and lost: {lost}"
                assert not doubled, f"recorded twice: {doubled}"
                assert found == wanted, "in another order, or never acknowledged"
