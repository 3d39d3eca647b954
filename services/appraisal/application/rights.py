"""Whom a command is about, for deciding who may; and who answers for it."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from services.appraisal.domain.appraisal import Appraisal
from services.appraisal.domain.errors import NobodyAsks
from shared.access.things import NOTHING, Thing
from shared.eventing.rights import Touched
from shared.kernel.actors import Actor


def things(touched: Touched, _today: date) -> Sequence[Thing]:
    """An appraisal is about its subject and named manager as it stood; a scheme about nobody."""
    stood = touched.before or touched.after
    if not isinstance(stood, Appraisal) or stood.plan is None:
        return [NOTHING]
    return [Thing({"subject": [stood.plan.subject], "manager": [stood.plan.manager]})]


def asking(actor: Actor) -> UUID:
    """The person who answers for a request; refused where a service acts for nobody."""
    if actor.person is None:
        raise NobodyAsks
    return UUID(actor.person)


def delegate(actor: Actor) -> UUID | None:
    """The hand by which it is done, where that is somebody else's."""
    return UUID(actor.id) if actor.stands_in else None
