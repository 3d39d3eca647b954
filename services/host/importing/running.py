"""Runs a plan from its first day to its last; what ran before records nothing again."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from services.host.importing.planning.command import Command
from services.host.importing.sending import Sender

# In a rehearsal everything of a day is recorded from this hour on, at the end of work.
HOUR = time(18, 0)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is: commands done of all, and the day and name of the last one."""

    done: int
    of: int
    day: date
    name: str


@dataclass(slots=True)
class Outcome:
    """What an import came to: commands sent, those answered from an earlier run, warnings."""

    sent: int = 0
    repeated: int = 0
    warnings: list[dict[str, Any]] = field(default_factory=list)


def run(
    commands: Iterable[Command],
    sender: Sender,
    *,
    progress: Callable[[Progress], None] = lambda _: None,
    set_clock: Callable[[datetime], None] | None = None,
    time_zone: str = "Asia/Shanghai",
) -> Outcome:
    """Send every command in order; ``set_clock`` is told the instant before each day's first.

    Raises ImportStopped at the first refusal. Running again goes on where it stopped.
    """
    planned, outcome = list(commands), Outcome()
    today: date | None = None
    for number, command in enumerate(planned, start=1):
        if set_clock is not None and command.day != today:
            today = command.day
            set_clock(datetime.combine(today, HOUR, ZoneInfo(time_zone)))
        answer = sender.send(command)
        outcome.sent += 1
        outcome.repeated += "Idempotency-Replayed" in answer.headers
        outcome.warnings += answer.json().get("warnings", [])
        progress(Progress(number, len(planned), command.day, command.name))
    return outcome
