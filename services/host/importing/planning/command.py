"""One command as it will be sent: to whom, on which day, on whose behalf, and from which rows."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import IntEnum
from typing import Any, Literal
from uuid import UUID

from services.host.importing.rows import Row
from shared.kernel.ids import id_of

Service = Literal["directory", "goals", "metrics", "appraisal"]
Item = dict[str, Any]


class Step(IntEnum):
    """What comes before what on one day."""

    UNITS = 1
    PEOPLE = 2
    CALENDAR = 3
    CYCLES = 4
    KPIS = 5
    DRAFTS = 6
    PUBLICATIONS = 7
    ACTIVATIONS = 8
    BASELINES = 9
    OFFERS = 10
    AGREEMENTS = 11
    MEASUREMENTS = 12
    CHECK_INS = 13
    CORRECTIONS = 14
    REVISIONS = 15
    SCHEMES = 16
    SIGNATURES = 17
    APPRAISALS = 18
    REVIEWS_OPEN = 19
    SELF_REVIEWS = 20
    MANAGER_REVIEWS = 21


@dataclass(frozen=True, slots=True)
class Command:
    """A command of a service with its body as JSON; ``behalf`` is a person's code or empty.

    ``items`` names the list in the body whose n-th entry stems from the n-th of ``rows``.
    """

    day: date
    step: Step
    service: Service
    name: str
    body: Item
    rows: tuple[Row, ...]
    behalf: str = ""
    items: str = ""

    @property
    def key(self) -> str:
        """The Idempotency-Key: the same content on the same person's behalf has the same one."""
        content = json.dumps(self.body, sort_keys=True, ensure_ascii=False)
        return str(id_of("import", self.service, self.name, self.behalf, content))


def plain(value: Any) -> Any:
    """A value as JSON carries it: ids, days and exact figures as text, unsaid parts left out."""
    match value:
        case dict():
            return {name: plain(part) for name, part in value.items() if part is not None}
        case list() | tuple():
            return [plain(part) for part in value]
        case UUID() | date():
            return str(value)
        case Decimal():
            return format(value, "f")
    return value


@dataclass(frozen=True, slots=True)
class Listed:
    """A command that takes a list: one of these for each stretch of rows of a day and person."""

    step: Step
    service: Service
    name: str
    items: str
    longest: int = 1_000

    def of(
        self,
        rows: Iterable[Row],
        day: Callable[[Row], date | None],
        item: Callable[[Row], Any],
        behalf: Callable[[Row], str] = lambda _: "",
    ) -> Iterator[Command]:
        """The commands for these rows, each with at most ``longest`` of them."""
        grouped: dict[tuple[date, str], list[Row]] = {}
        for row in rows:
            grouped.setdefault((day(row) or date.min, behalf(row)), []).append(row)
        for (on, person), those in grouped.items():
            for start in range(0, len(those), self.longest):
                part = tuple(those[start : start + self.longest])
                body = {self.items: [plain(item(row)) for row in part]}
                yield Command(
                    on, self.step, self.service, self.name, body, part, person, self.items
                )
