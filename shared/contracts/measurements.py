"""What is published about the ledger of one key result: figures and ids, never anyone's words.

Each record is about one entry of the ledger whose stream it travels in.
*Which entries count* as known at an instant: of the records recorded until then, every
``CheckedIn`` that no ``CheckInWithdrawn`` took back, each with the content of the last
``CheckInCorrected`` that names it. A correction keeps its entry's rank: of several entries of one
day the later *checked in* counts, however late an earlier one was corrected.
"""

from datetime import date
from decimal import Decimal
from typing import Literal
from uuid import UUID

from pydantic import Field

from shared.contracts.records import Contract

FEED = "measurements"

Origin = Literal["system", "typed", "imported", "derived"]
ReportedStatus = Literal["on_track", "behind", "at_risk", "achieved"]


class CheckedIn(Contract, name="cairn.metrics.key_result.checked_in.v1"):
    """Someone said how a key result stands on a business day.

    ``value`` in the key result's own unit (a boolean one says 1 or 0); ``milestones_done`` are the
    names of all milestones reached so far; ``level`` names the rubric level chosen. Each is absent
    when nothing was said about it: the earlier value still holds. ``confidence`` 0–10.
    ``responsible_id`` answers for the key result; the record's actor is who entered it.
    """

    key_result_id: UUID
    entry_id: UUID
    observed_on: date
    value: Decimal | None = None
    milestones_done: tuple[str, ...] | None = None
    level: str | None = None
    confidence: int | None = Field(default=None, ge=0, le=10)
    reported_status: ReportedStatus | None = None
    responsible_id: UUID
    origin: Origin = "typed"
    source: str | None = None
    external_id: str | None = None


class CheckInCorrected(Contract, name="cairn.metrics.key_result.check_in_corrected.v1"):
    """What an entry says is replaced as a whole, its day included; its rank in time stays.

    ``entry_id`` is the entry as first checked in, however often corrected; ``correction_id``
    names this correction.
    """

    key_result_id: UUID
    entry_id: UUID
    correction_id: UUID
    observed_on: date
    value: Decimal | None = None
    milestones_done: tuple[str, ...] | None = None
    level: str | None = None
    confidence: int | None = Field(default=None, ge=0, le=10)
    reported_status: ReportedStatus | None = None


class CheckInWithdrawn(Contract, name="cairn.metrics.key_result.check_in_withdrawn.v1"):
    """An entry counts no longer, as if never checked in; it stays readable."""

    key_result_id: UUID
    entry_id: UUID


class CheckInWorded(Contract, name="cairn.metrics.key_result.check_in_worded.v1", audience="own"):
    """The personal text of an entry or of its correction: never leaves the service."""

    key_result_id: UUID
    entry_id: UUID
    progress: str = ""
    obstacles: str = ""
    support_needed: str = ""
