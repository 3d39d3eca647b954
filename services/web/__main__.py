"""``python -m services.web serve | migrate | verify``."""

import sys

import uvicorn

from services.web.settings import WebSettings
from services.web.wiring import Web
from shared.eventing.verification import Finding
from shared.http.logs import set_up_logs


def main(arguments: list[str]) -> int:
    """Serve the pages until stopped, bring the database up to date, or say whether its logs are
    kept as they should be (1 if not); 2 for anything else.
    """
    if arguments not in (["serve"], ["migrate"], ["verify"]):
        sys.stderr.write("usage: python -m services.web serve | migrate | verify\n")
        return 2
    set_up_logs()
    # pydantic reads the settings from the environment
    web = Web(WebSettings())
    if arguments == ["migrate"]:
        sys.stdout.write(f"web: {web.migrate()} migrations applied\n")
        return 0
    web.open()
    try:
        if arguments == ["verify"]:
            return _told(web.verify())
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


def _told(findings: list[Finding]) -> int:
    for finding in findings:
        sys.stdout.write(f"{finding.exceptions or 'ok'}\t{finding.what}\n")
    return 1 if any(finding.exceptions for finding in findings) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
