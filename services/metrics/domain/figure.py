"""One figure as it was delivered, and as it is put right."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from services.metrics.domain.baseline import Evidence
from services.metrics.domain.subjects import Origin


class Said(BaseModel):
    """The value, the key of its period at the KPI's frequency, and the business day.

    Of a named period (a month, a quarter) the day is its last one.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    value: Annotated[Decimal, Field(allow_inf_nan=False)]
    period: str
    observed_on: date


class Batch(BaseModel):
    """The delivery a figure came in, with file and row where it was a file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: UUID
    file: str | None = None
    row: int | None = None


class Figure(BaseModel):
    """What was said, by which source, and what proves it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    said: Said
    origin: Origin
    source: str
    external_id: str | None = None
    batch: Batch | None = None
    evidence: Evidence | None = None
    note: str = ""

    def flat(self) -> dict[str, Any]:
        """All of it on one level, as the ledger's facts hold it."""
        own = dict(self)
        return {**dict(own.pop("said")), **own}


class Measurement(BaseModel):
    """A figure with its entry id; marked a correction it may replace, or come after sealing."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    entry_id: UUID
    figure: Figure
    correction: bool = False
    reason: str = ""


class Correction(BaseModel):
    """What an entry should have said, why it changes, and what proves it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    entry_id: UUID
    correction_id: UUID
    said: Said
    reason: str
    batch: Batch | None = None
    evidence: Evidence | None = None
