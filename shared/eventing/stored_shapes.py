"""Whether what a fact stores says, word for word, what its contract tells; and as what in SQL."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from types import UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin
from uuid import UUID

from annotated_types import BaseMetadata, Ge, Le
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from shared.contracts.records import Contract
from shared.eventing.translation import Entry

DOCUMENT = "jsonb"
SQL_TYPES: dict[type, str] = {
    UUID: "uuid",
    str: "text",
    Decimal: "numeric",
    date: "date",
    bool: "boolean",
    int: "bigint",
}


class Bound(NamedTuple):
    """A whole number that the contract bounds and the fact does not."""

    name: str
    sign: Literal["<=", ">="]
    limit: int


def told_as_stored(entry: Entry) -> bool:
    """Whether every body that this fact stores today is one that its contract takes unchanged,
    but for bounds.

    Not when a function translates it, when it has personal fields, when either side has rules or
    forms of its own, or when a field carries a mark that may mean it is stored in another way.
    """
    stored, told = entry.fact, entry.contract
    return (
        entry.by is None
        and not stored.personal_fields
        and _without_rules(told)
        and _without_forms(stored)
        and all(
            name in stored.model_fields and _field_fits(stored.model_fields[name], field)
            for name, field in told.model_fields.items()
        )
    )


def bounds(entry: Entry) -> Iterator[Bound]:
    """What the contract bounds and the fact does not."""
    for name, field in entry.contract.model_fields.items():
        for mark in field.metadata:
            if mark not in entry.fact.model_fields[name].metadata:
                sign: Literal["<=", ">="] = "<=" if isinstance(mark, Le) else ">="
                yield Bound(name, sign, getattr(mark, "le" if sign == "<=" else "ge"))


def sql_type(contract: type[Contract], way: Sequence[str]) -> str | None:
    """As what SQL reads the value to which these names lead; none when it can't be said."""
    kind: Any = contract
    for n, name in enumerate(way):
        kind, optional = _kind(kind.model_fields[name].annotation, marked=False)
        on_the_way = n < len(way) - 1
        if on_the_way and (optional or not _is_model(kind)):
            return None
    if get_origin(kind) is Literal:
        return "text"
    return DOCUMENT if _is_model(kind) or get_origin(kind) is tuple else SQL_TYPES.get(kind)


def _field_fits(stored: FieldInfo, told: FieldInfo) -> bool:
    bounded = [mark for mark in told.metadata if mark not in stored.metadata]
    whole = _kind(told.annotation, marked=False)[0] is int
    return (
        stored.alias is told.alias is None
        and _known(stored.metadata)
        and all(isinstance(mark, Ge | Le) and whole for mark in bounded)
        and _fits(stored.annotation, told.annotation)
    )


def _fits(stored: Any, told: Any) -> bool:
    kind, may_lack = _kind(stored, marked=True)
    wanted, takes_none = _kind(told, marked=False)
    if may_lack and not takes_none:
        return False
    if get_origin(wanted) is Literal:
        return get_origin(kind) is Literal and set(get_args(kind)) <= set(get_args(wanted))
    if get_origin(wanted) is tuple:
        return (kind, wanted) == (tuple[str, ...], tuple[str, ...])
    if _is_model(wanted):
        return _is_model(kind) and _same_fields(kind, wanted)
    return kind is wanted and kind in SQL_TYPES


def _same_fields(stored: type[BaseModel], told: type[BaseModel]) -> bool:
    ours, theirs = stored.model_fields, told.model_fields
    return (
        _without_rules(told)
        and _without_forms(stored)
        and ours.keys() == theirs.keys()
        and all(
            _field_fits(ours[name], theirs[name]) and not theirs[name].metadata for name in theirs
        )
    )


def _kind(annotation: Any, *, marked: bool) -> tuple[Any, bool]:
    """The type without "or nothing", and whether nothing is allowed; no type when it carries
    marks, unless these only narrow and are allowed.
    """
    optional = False
    if get_origin(annotation) in (Union, UnionType):
        kinds = [kind for kind in get_args(annotation) if kind is not type(None)]
        optional = len(kinds) < len(get_args(annotation))
        annotation = kinds[0] if len(kinds) == 1 else None
    if get_origin(annotation) is Annotated:
        kind, *marks = get_args(annotation)
        annotation = kind if marked and _known(marks) else None
    return annotation, optional


def _known(marks: Sequence[Any]) -> bool:
    """Marks that only narrow what a field takes."""
    return all(isinstance(mark, BaseMetadata | FieldInfo) for mark in marks)


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _without_rules(model: type[BaseModel]) -> bool:
    rules = model.__pydantic_decorators__
    ruled = rules.validators or rules.field_validators or rules.model_validators
    return not ruled and model.model_config.keys() <= {"frozen", "extra"}


def _without_forms(model: type[BaseModel]) -> bool:
    forms = model.__pydantic_decorators__
    return not (forms.field_serializers or forms.model_serializers or forms.computed_fields)
