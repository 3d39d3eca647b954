"""Only what is stored word for word as its contract tells it may be read past the contract."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

import pytest
from annotated_types import Ge
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_serializer, field_validator

from shared.contracts.records import Contract
from shared.eventing.stored_shapes import Bound, bounds, sql_type, told_as_stored
from shared.eventing.translation import published
from shared.kernel.facts import Fact


class Place(BaseModel):
    """Where it lies."""

    hill: UUID
    name: str | None = None


class PlaceTold(BaseModel):
    """Where it lies, as published."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    hill: UUID
    name: str | None = None


class Shorter(BaseModel):
    """Less than was stored."""

    hill: UUID


class Laid(Fact):
    """A stone was laid."""

    stone: UUID
    kind: Literal["flat", "round"]
    weight: Annotated[Decimal, Ge(0)]
    day: date
    place: Place
    seen_from: Place | None = None
    marks: tuple[str, ...] = ()
    height: int | None = None


class LaidTold(Contract):
    """A stone was laid."""

    stone: UUID
    kind: Literal["flat", "round", "long"]
    weight: Decimal
    day: date
    place: PlaceTold
    seen_from: PlaceTold | None = None
    marks: tuple[str, ...] = ()
    height: int | None = Field(default=None, ge=0, le=10)


def test_same_names_and_types_are_told_as_stored() -> None:
    assert told_as_stored(published(Laid, LaidTold, "stones"))


def test_bounds_that_only_the_contract_has_are_named() -> None:
    entry = published(Laid, LaidTold, "stones")
    assert list(bounds(entry)) == [Bound("height", ">=", 0), Bound("height", "<=", 10)]


def test_what_a_function_translates_is_not() -> None:
    entry = published(Laid, LaidTold, "stones", by=lambda fact: LaidTold(**dict(fact)))
    assert not told_as_stored(entry)


def other(**fields: Any) -> type[Contract]:
    """The contract with other fields."""
    return type("Other", (LaidTold,), {"__annotations__": fields, "__module__": __name__})


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": Literal["flat"]},
        {"weight": str},
        {"weight": Annotated[Decimal, Ge(1)]},
        {"day": Annotated[date, AfterValidator(lambda day: day)]},
        {"height": int},
        {"place": Shorter},
        {"place": UUID},
        {"marks": tuple[UUID, ...]},
        {"colour": str},
    ],
)
def test_a_contract_that_says_otherwise_is_not(fields: dict[str, Any]) -> None:
    assert not told_as_stored(published(Laid, other(**fields), "stones"))


def test_a_contract_with_rules_of_its_own_is_not() -> None:
    class Ruled(LaidTold):
        """Looks at its marks."""

        @field_validator("marks")
        @classmethod
        def _sorted(cls, marks: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(sorted(marks))

    class Stripped(LaidTold):
        """Takes blanks away."""

        model_config = ConfigDict(str_strip_whitespace=True)

    assert not told_as_stored(published(Laid, Ruled, "stones"))
    assert not told_as_stored(published(Laid, Stripped, "stones"))


def test_a_fact_stored_in_a_form_of_its_own_is_not() -> None:
    class Weighed(Laid):
        """Stores its weight in grams."""

        @field_serializer("weight")
        def _grams(self, weight: Decimal) -> str:
            return str(weight * 1000)

    class Marked(Laid):
        """Has a mark that nobody knows here."""

        stone: Annotated[UUID, "a secret"]

    assert not told_as_stored(published(Weighed, LaidTold, "stones"))
    assert not told_as_stored(published(Marked, LaidTold, "stones"))


def test_a_fact_with_a_personal_part_is_not() -> None:
    class Signed(Laid, personal=("marks",)):
        """Carries somebody's words."""

    assert not told_as_stored(published(Signed, LaidTold, "stones"))


@pytest.mark.parametrize(
    ("way", "kind"),
    [
        (["stone"], "uuid"),
        (["kind"], "text"),
        (["weight"], "numeric"),
        (["day"], "date"),
        (["height"], "bigint"),
        (["place"], "jsonb"),
        (["place", "name"], "text"),
        (["seen_from"], "jsonb"),
        (["seen_from", "name"], None),
        (["stone", "hex"], None),
        (["marks"], "jsonb"),
    ],
)
def test_values_have_types_in_sql(way: list[str], kind: str | None) -> None:
    assert sql_type(LaidTold, way) == kind
