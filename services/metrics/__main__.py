"""``python -m services.metrics api | follow | relay | migrate``."""

import sys

from services.metrics.wiring import make
from shared.http.roles import run

if __name__ == "__main__":
    sys.exit(run(make, sys.argv[1:]))
