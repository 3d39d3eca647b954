"""Why something was not done."""

from typing import Any, ClassVar


class Refused(Exception):
    """A rule said no; nothing was recorded.

    Subclasses are sentences (``ObjectiveIsClosed``). Their docstring is what people read, in the
    problem document and on the page: what is wrong and what to do next; ``{placeholders}`` are
    filled from the keyword arguments. ``field`` names the input at fault, where one is.
    """

    status: ClassVar[int] = 422

    def __init__(self, field: str | None = None, **details: Any) -> None:
        super().__init__(field, details)
        self.field = field
        self.details = details

    @property
    def code(self) -> str:
        """The refusal's stable name: its class name."""
        return type(self).__name__

    @property
    def sentence(self) -> str:
        """The English text with its details filled in; translations use ``template()``."""
        return self.template().format_map(_Lenient(self.details))

    @classmethod
    def template(cls) -> str:
        """The docstring on one line: the message id of the translations."""
        return " ".join((cls.__doc__ or cls.__name__).split())

    def __str__(self) -> str:
        return self.sentence


class _Lenient(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


class NotFound(Refused):
    """There is no {what} with this id, or you may not see it. Check the address."""

    status = 404


class NotAllowed(Refused):
    """You may not do this: {why}. Ask someone who holds the right."""

    status = 403


class Moved(Refused):
    """Someone changed this in the meantime. Load it again, look at the change, and repeat yours."""

    status = 409
