"""How much and how often one may ask: what an installation may set."""

from pydantic import BaseModel, ConfigDict, Field

MEBIBYTE = 1 << 20


class Limits(BaseModel):
    """What one may ask for; counted by each process on its own.

    ``hosts`` are the names under which this answers; none means any.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    commands_a_minute: int = Field(default=1_200, gt=0)
    reads_a_minute: int = Field(default=12_000, gt=0)
    strangers_a_minute: int = Field(default=120, gt=0)
    largest_body: int = Field(default=MEBIBYTE, gt=0)
    largest_list: int = Field(default=32 * MEBIBYTE, gt=0)
    longest_sending: float = Field(default=30.0, gt=0)
    hosts: tuple[str, ...] = ()

    def __str__(self) -> str:
        """What departs from the usual, as the setting is written."""
        return self.model_dump_json(exclude_defaults=True)
