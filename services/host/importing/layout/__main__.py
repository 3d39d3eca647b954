"""Bring docs/import.md up to date: ``python -m services.host.importing.layout``."""

from pathlib import Path

from services.host.importing.layout.document import write

if __name__ == "__main__":
    write(Path("docs/import.md"))
