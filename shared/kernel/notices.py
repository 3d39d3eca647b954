"""What deserves a word although it is not refused."""

from typing import Any


class Notice:
    """A warning: its sentence is the class's docstring, filled in with the details."""

    def __init__(self, **details: Any) -> None:
        self.details = details

    @property
    def code(self) -> str:
        """The notice's stable name."""
        return type(self).__name__

    @property
    def sentence(self) -> str:
        """The English text with its details filled in."""
        return self.template().format_map(self.details)

    @classmethod
    def template(cls) -> str:
        """The docstring on one line."""
        return " ".join((cls.__doc__ or "").split())
