"""What every published record is made of, whichever topic it travels on."""

from datetime import datetime
from typing import Any, ClassVar, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

Audience = Literal["published", "own"]


class Contract(BaseModel):
    """One published fact.

    ``class TargetRevised(Contract, name="cairn.goals.key_result.target_revised.v1")``.
    ``audience="own"`` marks what never leaves its service: outside, the record arrives
    ``withheld``, with its place in the order and without data. Ids only: names come from the
    directory.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    record_name: ClassVar[str] = ""
    audience: ClassVar[Audience] = "published"

    def __init_subclass__(
        cls, *, name: str = "", audience: Audience = "published", **config: Any
    ) -> None:
        super().__init_subclass__(**config)

    @classmethod
    def __pydantic_init_subclass__(
        cls, *, name: str = "", audience: Audience = "published", **kwargs: Any
    ) -> None:
        """Fix the record's public name and audience."""
        super().__pydantic_init_subclass__(**kwargs)
        cls.record_name, cls.audience = name, audience


class Record(BaseModel):
    """A contract on its way: its place in the owner's log, who caused it, and the data unless
    withheld.

    ``previous`` is the position of the record before it on the same feed, so that a follower tells
    duplicates (position ≤ mine), the next (previous = mine) and a gap (previous > mine).
    """

    model_config = ConfigDict(frozen=True)

    feed: str
    position: int
    previous: int
    stream: UUID
    version: int
    recorded_at: datetime
    name: str
    actor: str
    on_behalf_of: str | None = None
    cause: str | None = None
    withheld: bool = False
    data: dict[str, Any] | None = None


class Page(BaseModel):
    """A stretch of a feed: its records in order, the feed's head, and the instant it is
    complete through.
    """

    records: list[Record]
    head: int
    complete_through: datetime
