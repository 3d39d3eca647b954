"""How names that people type are compared."""

from unicodedata import normalize


def folded(name: str) -> str:
    """A name as it is compared: without the difference of capitals and of composed letters."""
    return normalize("NFC", normalize("NFC", name).casefold())
