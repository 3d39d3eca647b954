"""Which version of what is changed was seen before it was changed."""

from services.goals.application.commands import Command
from services.goals.domain.errors import OneVersionForSeveral


def only_version(command: Command, count: int) -> int | None:
    """The version expected of the only thing the command names; refused when there are several."""
    if command.expected_version is not None and count != 1:
        raise OneVersionForSeveral(field="expected_version", count=count)
    return command.expected_version
