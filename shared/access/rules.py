"""Rules: which actions there are, on which grounds each is allowed, and what bars it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from shared.access.grounds import Anyone, AnyService, Ground, Marked, Service
from shared.kernel.refusals import Refused


@dataclass(frozen=True)
class Bar:
    """What forbids an action whatever else allows it: segregation of duties."""

    ground: Ground
    refusal: type[Refused]


@dataclass(frozen=True)
class Action:
    """One thing that can be done or seen: by its routes, its grounds by name, and its bars.

    The rule id that is recorded with a fact is ``<action>:<name of the ground>``. ``refusal`` says
    to whoever has none of the grounds who may. A command's route is ``POST /commands/<action>``
    unless ``routes`` says otherwise; what is done ``within`` another action has no route.
    ``place`` names the parts that say where it is done, for delegations that are limited to a unit.
    What is done ``in_person`` is never done under a delegation.
    """

    name: str
    grounds: Mapping[str, Ground]
    refusal: type[Refused]
    bars: Sequence[Bar] = ()
    routes: Sequence[str] = field(default=())
    within: str | None = None
    place: Sequence[str] = ()
    in_person: bool = False

    def paths(self) -> Sequence[str]:
        """The routes that this entry stands for, as ``METHOD /path``."""
        if self.within is not None:
            return ()
        return self.routes or (f"POST /commands/{self.name}",)

    @property
    def reads(self) -> bool:
        """Whether it only looks at something."""
        return bool(self.paths()) and all(path.startswith("GET ") for path in self.paths())

    def is_open_by(self, ground: Ground) -> bool:
        """Whether it can be seen on this ground whoever one is: so no delegation limits that."""
        return self.reads and isinstance(ground, Anyone | AnyService | Marked | Service)


class Policy:
    """All entries of one service; a name or a route entered twice is a defect.

    ``place`` is where things are in this service, unless an action says otherwise.
    """

    def __init__(self, *actions: Action, place: Sequence[str] = ()) -> None:
        actions = tuple(replace(one, place=one.place or place) for one in actions)
        self.actions = {action.name: action for action in actions}
        self._by_path = {path: action for action in actions for path in action.paths()}
        if len(self.actions) != len(actions):
            raise ValueError("an action is entered twice")
        if len(self._by_path) != sum(len(action.paths()) for action in actions):
            raise ValueError("a route is entered twice")

    def of_route(self, method: str, path: str) -> Action | None:
        """The entry of a route, or ``None`` where it has none."""
        return self._by_path.get(f"{method} {path}")

    def __getitem__(self, name: str) -> Action:
        return self.actions[name]
