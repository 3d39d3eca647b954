"""``docs/access.md``: who may do and see what, service by service, out of the policy."""

from collections.abc import Iterator, Sequence
from importlib import import_module

from shared.access.grounds import (
    Above,
    Anyone,
    AnyService,
    Both,
    Ground,
    Heads,
    Holds,
    Is,
    Leads,
    Marked,
    Service,
    Touches,
)
from shared.access.rules import Action, Policy
from shared.access.standing_in import InPerson, StandingIn

SERVICES = ("directory", "goals", "metrics", "appraisal")
HEAD = """# Who may do and see what

Written by `python -m docs.generators` from `shared/access/policy`; do not edit. Why it is one
table: [ADR 0025](adr/0025-one-policy-decides-and-filters.md).

A route without an entry is closed. Each entry is one action: whoever has one of its grounds may, as
long as nothing bars it; whoever has none is told who may. The id of the rule, action and ground, is
recorded with every fact (`draft-objectives:holder`). The same grounds decide about one thing and
filter rows, so a list shows exactly what may be opened one by one. Whoever left, was deactivated or
is not known may nothing; people's roles and lines are those of today, whatever instant is asked.

Posts, managers, the tree of units and who leads them are statements that hold from a day on. In
every service, of several that have begun by today the one recorded last holds, whichever day it
begins on; one that begins later waits for its day. Who is said to lead a unit no longer leads it
from that day on, and then nobody does but those who lead above it. In the appraisal, those who have
left keep the posts and managers of their last day: HR of their last unit and those who were above
them finish what is open, until they are employed anew.

*Above* somebody: their managers of any kind, and everyone up the line from there. A role holds
everywhere, or in one unit and below; it reaches units there and people with a post there.
*Console* is the `cairn` command and the import that it starts, on whose behalf it may act; bars
count for that person too.

Under a delegation the giver's rights count, in the areas and (with a unit) for what lies in that
unit and below; bars look at giver and delegate. What is open to everybody stays open. Who may act
under one, and what never follows from it: [ADR 0027](adr/0027-acting-under-a-delegation.md).
"""
OUTSIDE = """
## Outside the policy

Probes (`/health/live`, `/health/ready`, `/metrics`) and the description of the routes
(`/openapi.json`) carry no content. Identity providers come by a door of their own (`/scim/v2`) with
a bearer token of their own. `tests/architecture/test_policy.py` holds the list, and fails for any
route that has neither an entry nor a place there.
"""


def access_page() -> str:
    """The whole page."""
    parts = [HEAD]
    for name in SERVICES:
        policy: Policy = import_module(f"shared.access.policy.{name}").POLICY
        parts.extend(_service(name, list(policy.actions.values())))
    return "\n".join([*parts, OUTSIDE])


def _service(name: str, actions: Sequence[Action]) -> Iterator[str]:
    grounds = _columns(actions)
    yield f"## {name}\n"
    yield "| Ground | Who that is |\n|---|---|"
    for label, ground in grounds.items():
        yield f"| {label} | {said(ground)} |"
    yield f"\n| Action | {' | '.join(grounds)} | never |"
    yield "|---" * (len(grounds) + 2) + "|"
    for action in actions:
        held = list(action.grounds.values())
        cells = ["●" if ground in held else "" for ground in grounds.values()]
        bars = [said(bar.ground) for bar in action.bars]
        never = "; ".join([*bars, *(["under a delegation"] if action.in_person else [])])
        yield f"| {action.name} | {' | '.join(cells)} | {never} |"
    yield "\n| Action | Routes |\n|---|---|"
    for action in actions:
        routes = ", ".join(f"`{path}`" for path in action.paths())
        yield f"| {action.name} | {routes} |"
    yield ""


def _columns(actions: Sequence[Action]) -> dict[str, Ground]:
    """Every ground once, by its name; a name that means several things is numbered."""
    found: dict[str, Ground] = {}
    for action in actions:
        for name, ground in action.grounds.items():
            label, number = name, 1
            while found.get(label, ground) != ground:
                number += 1
                label = f"{name} {number}"
            found[label] = ground
    return found


def said(ground: Ground) -> str:
    """A ground in words."""
    match ground:
        case Anyone():
            return "whoever works here"
        case AnyService():
            return "a service in its own name"
        case Service(names=names):
            return "the service " + " or ".join(names)
        case Is(part=part):
            return f"the {_word(part)}"
        case Touches(part=part):
            return f"the {_word(part)}, asking or standing in"
        case Above(part=part):
            return f"somebody above the {_word(part)}"
        case Heads(part=part):
            return f"the head of the very unit that is the {_word(part)}"
        case Leads(part=part, by=by):
            return f"{' or '.join(by)} of the unit of the {_word(part)}, or of one above"
        case _:
            return _more(ground)


def _more(ground: Ground) -> str:
    match ground:
        case Holds(roles=roles, part=None):
            return f"{_or(roles)} of the whole company"
        case Holds(roles=roles, part=part):
            return f"{_or(roles)} of the whole company or for the {_word(part or '')}"
        case Marked(mark=mark, words=words):
            return f"{mark} is {_or(words)}"
        case InPerson():
            return "acts with their own hand"
        case StandingIn():
            return "under a delegation"
        case Both(grounds=grounds):
            return " and ".join(said(one) for one in grounds)
    raise TypeError(f"no words for {ground}")


def _or(words: Sequence[str]) -> str:
    return " or ".join(words)


def _word(part: str) -> str:
    return part.replace("_", " ")
