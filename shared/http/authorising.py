"""The policy at the doors: who may enter a route, and what a command may record."""

from collections.abc import Callable, Sequence
from datetime import date

from fastapi import Request

from shared.access.access import Access
from shared.access.deciding import must
from shared.access.refusals import NoEntry
from shared.access.things import NOTHING, Asker, Thing
from shared.eventing.asking import Asked
from shared.eventing.rights import Touched
from shared.http.tokens import Caller

ThingsOf = Callable[[Touched, date], Sequence[Thing]]


def about_nothing(_touched: Touched, _today: date) -> Sequence[Thing]:
    """For services whose actions depend on the asker alone."""
    return [NOTHING]


class PolicyRights:
    """Judges commands by the policy, and answers the id of the rule that allowed each."""

    def __init__(self, access: Access, things_of: ThingsOf, today: Callable[[], date]) -> None:
        self._access, self._things_of, self._today = access, things_of, today

    def must(self, asked: Asked, touched: Sequence[Touched]) -> str | None:
        """Refused by the policy unless each stream may be changed so; nothing touched is nothing.

        A reaction, which no one sent, is for services in their own name.
        """
        if asked.command is None:
            if asked.actor.kind != "service":
                raise NoEntry
            return f"reaction:{asked.actor.id}"
        if not touched:
            return None
        asker, today = self._access.asker(asked.actor), self._today()
        done: dict[str, list[Thing]] = {}
        for thing in (thing for one in touched for thing in self._things_of(one, today)):
            done.setdefault(thing.action or asked.command, []).append(thing)
        return must(
            decision
            for action, things in done.items()
            for decision in self._access.decide(action, asker, things)
        )


def enter(request: Request, caller: Caller) -> Asker:
    """Let the caller in at this route, as the policy knows them; else refused."""
    access: Access | None = request.app.state.access
    if access is None:
        return Asker()
    asker = access.asker(caller.actor)
    method = "GET" if request.method == "HEAD" else request.method
    access.enter(method, request.scope["route"].path, asker)
    return asker
