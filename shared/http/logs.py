"""What processes say of themselves: a line for each happening, and no secret in any of them."""

import logging
import re
import sys
from typing import Any, TextIO

import structlog

KEPT_BACK = "[kept back]"
# they tell of every request that they make, and followers ask for news every two seconds
EVERY_REQUEST = ("httpx2", "httpcore2")
# how secrets look, wherever they turn up: in a message, an address, a traceback
SECRETS = re.compile(
    r"""(?xi)
    (?P<before> \b(?:bearer|basic)\s+ )[A-Za-z0-9._~+/=-]{8,}
  | (?P<named> ["']?\b[a-z_]*(?:password|passwd|secret|token|cookie|authorization|api_key
      |private_key|master_key|code_verifier|client_assertion|cairn_session)["']?\s*[=:]\s*["']?
      (?:(?:bearer|basic)\s+)? )
      [^\s"',;&}\]]+
  | (?P<user> \b[a-z][a-z0-9+.-]*://[^\s/:@]+: )[^\s/@]+(?=@)
  | \beyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]{5,}(?:\.[A-Za-z0-9_-]*)?
    """
)


def without_secrets(text: str) -> str:
    """The text with whatever looks like a secret kept back."""
    return SECRETS.sub(_kept_back, text)


class Lines(logging.Handler):
    """Writes to standard error, whatever that is by then, or where it was told to."""

    def __init__(self, stream: TextIO | None = None) -> None:
        super().__init__()
        self._stream = stream

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line."""
        try:
            print(self.format(record), file=self._stream or sys.stderr, flush=True)
        except Exception:  # noqa: BLE001 - as logging does: what cannot be said must not stop work
            self.handleError(record)


def set_up_logs(level: int = logging.INFO, stream: TextIO | None = None) -> None:
    """Have everything logged as lines of JSON on standard error, for people where one looks on."""
    lines = Lines(stream)
    lines.setFormatter(formatter(for_people=(stream or sys.stderr).isatty()))
    root = logging.getLogger()
    root.handlers = [*(one for one in root.handlers if not isinstance(one, Lines)), lines]
    root.setLevel(level)
    for chatty in EVERY_REQUEST:
        # whoever asks for everything gets their requests too
        quiet = level if level < logging.INFO else max(level, logging.WARNING)
        logging.getLogger(chatty).setLevel(quiet)


def formatter(*, for_people: bool) -> logging.Formatter:
    """Writes instant, level, logger and what was said, with all that was given beside it."""
    renderer: Any = structlog.dev.ConsoleRenderer() if for_people else _json
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.stdlib.ExtraAdder(),
            structlog.processors.TimeStamper(fmt="iso", utc=True),
        ],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            renderer,
            _reticent,
        ],
    )


_json = structlog.processors.JSONRenderer(ensure_ascii=False)


def _reticent(_logger: Any, _name: str, line: Any) -> str:
    return without_secrets(str(line))


def _kept_back(found: re.Match[str]) -> str:
    before = found["before"] or found["named"] or found["user"] or ""
    return f"{before}{KEPT_BACK}"
