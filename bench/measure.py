"""One measured claim, and the server that it is measured on."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from services.host.embedded_postgres import EmbeddedPostgres, database

ROUNDS = 7


@dataclass(frozen=True)
class Measured:
    """A figure of ours beside the yardstick's of the same run; without a yardstick, 0 and no
    ratio.
    """

    id: str
    name: str
    ours: float
    yardstick: float
    ratio: float | None
    unit: str
    reach: str

    @property
    def of(self) -> str:
        """The ratio as shown."""
        return "" if self.ratio is None else f"{self.ratio:.2f}"

    def shown(self, figure: float) -> str:
        """A figure with its unit; nothing where there is none."""
        return f"{figure:,.1f} {self.unit}" if figure else ""


@contextmanager
def database_server() -> Iterator[str]:
    """A PostgreSQL of its own with the settings that the product runs with."""
    with TemporaryDirectory(prefix="cairn-bench-") as folder:
        path = Path(folder)
        path.chmod(0o755)
        with database(EmbeddedPostgres(path)) as admin:
            yield admin


def per_second(work: Callable[[], int]) -> float:
    """How many things a piece of work does in a second; the work says how many it did."""
    start = perf_counter()
    done = work()
    return done / (perf_counter() - start)


def compared(ours: Callable[[], int], yardstick: Callable[[], int]) -> tuple[float, float, float]:
    """Medians of ours, of the yardstick, and of the ratios round by round, interleaved."""
    ours(), yardstick()  # the first round warms both up
    rounds = [(per_second(ours), per_second(yardstick)) for _ in range(ROUNDS)]
    return (
        median(a for a, _ in rounds),
        median(b for _, b in rounds),
        median(a / b for a, b in rounds),
    )


def percentile(figures: Sequence[float], share: float) -> float:
    """The figure below which this share of all lies."""
    ordered = sorted(figures)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
