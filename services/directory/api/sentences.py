"""The sentence for each kind of fact about units and people: a template, which is the message id,
and its details. People and units stand in them by their part, such as ``{head}``; whoever knows
their names puts these in.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from services.directory.domain import forgetting, unit
from services.directory.domain import person_life as life
from shared.kernel.facts import Fact

FOUNDED = "{actor} founded the unit {code} below {parent}; it exists from {day} on."
FOUNDED_AT_THE_TOP = "{actor} founded {code} at the top of the tree; it exists from {day} on."
CALLED = "{actor} called the unit {name_zh} / {name_en}."
MOVED = "{actor} moved the unit below {parent} from {day} on."
HEAD_APPOINTED = "{actor} appointed {head} head from {day} on."
CHAMPION_APPOINTED = "{actor} appointed {champion} OKR champion from {day} on."
HEAD_VACATED = "{actor} left the unit without a head from {day} on."
CHAMPION_VACATED = "{actor} left the unit without an OKR champion from {day} on."
CLOSED = "{actor} closed the unit; its last day is {day}."
REOPENED = "{actor} opened the unit again from {day} on."
CLOSURES_MARKED = "{actor} marked days on which nobody works here: {days}."
CLOSURES_LIFTED = "{actor} lifted closures: work goes on as usual on {days}."
EMPLOYED = "{actor} registered {person}, who works here from {day} on."
NAMED = "{actor} wrote down the name {name} / {name_en}."
LOCALISED = "{actor} set language and time zone: {locale}, {time_zone}."
POST_ASSIGNED = (
    "{actor} gave {person} the post of {title} in {unit}, {share} % of full time, from {day} on."
)
POST_ENDED = "{actor} ended the post of {person} in {unit}; its last day is {day}."
MANAGER_ASSIGNED = "{actor} made {manager} {kind} of {person} from {day} on."
MANAGER_ENDED = "{actor} ended it that {person} has a {kind}; the last day is {day}."
GRANTED = "{actor} granted the role {role} everywhere from {day} on."
GRANTED_UNTIL = "{actor} granted the role {role} everywhere from {day} to {last}."
GRANTED_IN = "{actor} granted the role {role} in {unit} and below from {day} on."
GRANTED_IN_UNTIL = "{actor} granted the role {role} in {unit} and below from {day} to {last}."
REVOKED = "{actor} took back the role {role} everywhere."
REVOKED_IN = "{actor} took back the role {role} in {unit} and below."
LEFT = "{actor} ended the employment of {person}; the last day is {day}."
DEACTIVATED = "{actor} deactivated {person}: nothing can be done in their name."
REACTIVATED = "{actor} let {person} act again."
HANDED_OVER = "{actor} handed over to {successor} what {person} was charged with, from {day} on."
DELEGATED = "{actor} let {receiver} act for {person} from {day} to {last}: {areas}."
DELEGATED_IN = (
    "{actor} let {receiver} act for {person} in {unit} and below from {day} to {last}: {areas}."
)
DELEGATION_ENDED = "{actor} ended a delegation."
HOLD_PLACED = "{actor} placed a legal hold: nothing about {person} may be erased."
HOLD_RELEASED = "{actor} released a legal hold."
FORGOTTEN = "{actor} had what is personal about {person} erased."

# Small words within sentences, each translated by itself.
WORDS = {
    "employee": "employee",
    "hr": "human resources",
    "executive": "executive",
    "auditor": "auditor",
    "admin": "administrator",
    "line": "line manager",
    "functional": "functional manager",
    "project": "project manager",
    "all": "everything",
    "goals": "objectives",
    "metrics": "KPIs",
    "appraisal": "appraisal",
    "directory": "organisation",
}
BASIS_POINTS, ONE_DAY = 100, timedelta(days=1)


@dataclass(frozen=True)
class Told:
    """How a fact is told: details in plain, ``words`` to be translated, people and units by part,
    and from which day on it holds.
    """

    template: str
    details: dict[str, Any] = field(default_factory=dict)
    words: dict[str, tuple[str, ...]] = field(default_factory=dict)
    people: dict[str, UUID] = field(default_factory=dict)
    units: dict[str, UUID] = field(default_factory=dict)
    effective_from: date | None = None


def told(fact: Fact) -> Told:
    """How this fact is told; a kind without a sentence is told by its name."""
    for tell in (_unit, _lead, _employment, _place, _role, _delegation, _forgetting):
        sentence = tell(fact)
        if sentence is not None:
            return sentence
    return Told(fact.stored_name)


def _since(template: str, day: date, *, last: date | None = None, **parts: Any) -> Told:
    details = {"day": day, "last": last, **parts.pop("details", {})}
    return Told(template, details, effective_from=day, **parts)


def _until(template: str, last_day: date, **parts: Any) -> Told:
    return Told(template, {"day": last_day}, effective_from=last_day + ONE_DAY, **parts)


def _unit(fact: Fact) -> Told | None:
    match fact:
        case unit.Founded(code=code, parent_id=None, effective_from=day):
            return _since(FOUNDED_AT_THE_TOP, day, details={"code": code})
        case unit.Founded(code=code, parent_id=parent, effective_from=day):
            return _since(FOUNDED, day, details={"code": code}, units={"parent": parent})
        case unit.Named(name_zh=name_zh, name_en=name_en):
            return Told(CALLED, {"name_zh": name_zh, "name_en": name_en})
        case unit.Moved(parent_id=parent, effective_from=day):
            return _since(MOVED, day, units={"parent": parent})
        case unit.Closed(last_day=day):
            return _until(CLOSED, day)
        case unit.Reopened(effective_from=day):
            return _since(REOPENED, day)
        case unit.ClosuresMarked(days=days):
            return Told(CLOSURES_MARKED, {"days": _days(days)})
        case unit.ClosuresLifted(days=days):
            return Told(CLOSURES_LIFTED, {"days": _days(days)})
    return None


def _lead(fact: Fact) -> Told | None:
    match fact:
        case unit.HeadAppointed(person_id=who, effective_from=day):
            return _since(HEAD_APPOINTED, day, people={"head": who})
        case unit.ChampionAppointed(person_id=who, effective_from=day):
            return _since(CHAMPION_APPOINTED, day, people={"champion": who})
        case unit.HeadVacated(effective_from=day):
            return _since(HEAD_VACATED, day)
        case unit.ChampionVacated(effective_from=day):
            return _since(CHAMPION_VACATED, day)
    return None


def _employment(fact: Fact) -> Told | None:
    match fact:
        case life.Employed(employed_from=day):
            return _since(EMPLOYED, day)
        case life.Named(name=name, name_en=name_en):
            return Told(NAMED, {"name": name, "name_en": name_en})
        case life.Localised(locale=locale, time_zone=time_zone):
            return Told(LOCALISED, {"locale": locale, "time_zone": time_zone})
        case life.EmploymentEnded(last_day=day):
            return _until(LEFT, day)
        case life.Deactivated():
            return Told(DEACTIVATED)
        case life.Reactivated():
            return Told(REACTIVATED)
        case life.HandedOver(to=to, effective_from=day):
            return _since(HANDED_OVER, day, people={"successor": to})
    return None


def _place(fact: Fact) -> Told | None:
    match fact:
        case life.PostAssigned(unit_id=where, title=title, share=share, effective_from=day):
            details = {"title": title, "share": share // BASIS_POINTS}
            return _since(POST_ASSIGNED, day, details=details, units={"unit": where})
        case life.PostEnded(unit_id=where, last_day=day):
            return _until(POST_ENDED, day, units={"unit": where})
        case life.ManagerAssigned(kind=kind, manager_id=who, effective_from=day):
            return _since(MANAGER_ASSIGNED, day, words={"kind": (kind,)}, people={"manager": who})
        case life.ManagerEnded(kind=kind, last_day=day):
            return _until(MANAGER_ENDED, day, words={"kind": (kind,)})
    return None


def _role(fact: Fact) -> Told | None:
    match fact:
        case life.RoleGranted(role=role, unit_id=where, effective_from=day, expires_on=last):
            everywhere, somewhere = (
                (GRANTED_UNTIL, GRANTED_IN_UNTIL) if last else (GRANTED, GRANTED_IN)
            )
            template = somewhere if where else everywhere
            return _since(template, day, last=last, words={"role": (role,)}, units=_in(where))
        case life.RoleRevoked(role=role, unit_id=where):
            template = REVOKED_IN if where else REVOKED
            return Told(template, words={"role": (role,)}, units=_in(where))
    return None


def _delegation(fact: Fact) -> Told | None:
    match fact:
        case life.DelegationGiven(to=to, scope=scope, unit_id=where, first=first, last=last):
            template, words = DELEGATED_IN if where else DELEGATED, {"areas": tuple(scope)}
            parts: dict[str, Any] = {"people": {"receiver": to}, "units": _in(where)}
            return _since(template, first, last=last, words=words, **parts)
        case life.DelegationEnded():
            return Told(DELEGATION_ENDED)
    return None


def _forgetting(fact: Fact) -> Told | None:
    match fact:
        case forgetting.LegalHoldPlaced():
            return Told(HOLD_PLACED)
        case forgetting.LegalHoldReleased():
            return Told(HOLD_RELEASED)
        case forgetting.Forgotten():
            return Told(FORGOTTEN)
    return None


def _in(where: UUID | None) -> dict[str, UUID]:
    return {"unit": where} if where else {}


def _days(days: tuple[date, ...]) -> str:
    return ", ".join(day.isoformat() for day in days)
