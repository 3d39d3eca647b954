"""``python -m services.web serve | migrate``."""

import sys

import uvicorn

from services.web.settings import WebSettings
from services.web.wiring import Web
from shared.http.logs import set_up_logs


def main(arguments: list[str]) -> int:
    """Serve the pages until stopped, or bring the database up to date; 2 for anything else."""
    if arguments not in (["serve"], ["migrate"]):
        sys.stderr.write("usage: python -m services.web serve | migrate\n")
        return 2
    set_up_logs()
    # pydantic reads the settings from the environment
    web = Web(WebSettings())
    if arguments == ["migrate"]:
        sys.stdout.write(f"web: {web.migrate()} migrations applied\n")
        return 0
    web.open()
    try:
        settings = web.settings
        uvicorn.run(
            web.app,
            host=settings.host,
            port=settings.port,
            log_level="warning",
            server_header=False,
        )
    finally:
        web.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
