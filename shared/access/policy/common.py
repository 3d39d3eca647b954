"""Grounds and entries that every service has."""

from collections.abc import Mapping

from shared.access.grounds import Anyone, AnyService, Ground, Holds, Service
from shared.access.refusals import (
    NotSignedInAsAnyone,
    OnlyKeepersOfThePersonal,
    OnlyServices,
    SecurityLogIsClosed,
)
from shared.access.rules import Action

# Whoever runs the installation: the `cairn` command and the import that it starts.
CONSOLE = Service(("host", "import"))
SIGNED_IN: Mapping[str, Ground] = {"anyone": Anyone(), "service": AnyService(), "console": CONSOLE}

FOLLOW_FEEDS = Action(
    "follow-feeds", {"service": AnyService()}, OnlyServices, routes=["GET /feeds/{feed}"]
)
SEE_SECURITY_LOG = Action(
    "see-security-log",
    {"auditor": Holds(("auditor", "admin")), "console": CONSOLE},
    SecurityLogIsClosed,
    routes=["GET /security-log"],
)


SEE_WHAT_IS_PERSONAL = Action(
    "see-what-is-personal",
    {"keeper": Holds(("hr", "admin")), "console": CONSOLE},
    OnlyKeepersOfThePersonal,
    routes=["GET /personal/{person_id}"],
)


def open_to_all(name: str, *routes: str) -> Action:
    """Something that whoever is signed in may see."""
    return Action(name, SIGNED_IN, NotSignedInAsAnyone, routes=routes)
