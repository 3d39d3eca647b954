"""What a scheme says: sections and items to exactly 100, curves, limits, bands."""

from collections.abc import Iterable
from decimal import Decimal
from itertools import pairwise
from typing import Literal
from uuid import UUID

from services.appraisal.domain.errors import (
    BandsIncomplete,
    ItemWeightsNotHundred,
    JudgedSectionWithItems,
    KpiNamedTwice,
    LimitNegative,
    OneKpiSectionOnly,
    SectionNamedTwice,
    SectionWeightsNotHundred,
    ShareOutOfRange,
    WeightNegative,
)
from services.appraisal.domain.presets import CurveChoice
from services.appraisal.domain.values import Value

HUNDRED = Decimal(100)
LARGEST_SELF_SHARE = Decimal(50)

Missing = Literal["renormalise", "zero", "block"]


class Title(Value):
    """A heading in both languages."""

    en: str
    zh: str


class Item(Value):
    """One KPI: its weight (0..100) within the KPI section, its curve, and what a gap means."""

    kpi: UUID
    code: str
    weight: Decimal
    curve: CurveChoice
    missing: Missing = "block"


class Section(Value):
    """A part of the total with its weight (0..100): measured by KPIs, or judged by people."""

    code: str
    title: Title
    kind: Literal["kpi", "judged"]
    weight: Decimal
    items: tuple[Item, ...] = ()


class Band(Value):
    """A rating band and the total from which it is reached."""

    name: str
    at_least: Decimal


BANDS = tuple(
    Band(name=name, at_least=Decimal(points))
    for name, points in (("S", 90), ("A", 80), ("B", 70), ("C", 60), ("D", 0))
)


class Rules(Value):
    """Everything a scheme version fixes.

    ``self_share`` is the self review's percentage of judged sections; limits are points outside
    the 100; segments shorter than ``shortest_segment`` days may be left out.
    """

    sections: tuple[Section, ...]
    missing_section: Missing = "block"
    missing_reviewer: Missing = "renormalise"
    self_share: Decimal = Decimal(20)
    bonus_limit: Decimal = Decimal(0)
    deduction_limit: Decimal = Decimal(0)
    bands: tuple[Band, ...] = BANDS
    shortest_segment: int = 30

    @property
    def kpi_section(self) -> Section:
        """The one section that is measured."""
        return next(section for section in self.sections if section.kind == "kpi")

    @property
    def judged(self) -> tuple[Section, ...]:
        """The sections that people mark."""
        return tuple(section for section in self.sections if section.kind == "judged")

    def must_hold(self) -> None:
        """Refused unless weights make exactly 100, curves are sound, bands reach down to 0."""
        self._sections_must_hold()
        for number, section in enumerate(self.sections):
            _items_must_hold(section, f"rules.sections[{number}]")
        if not 0 <= self.self_share <= LARGEST_SELF_SHARE:
            raise ShareOutOfRange(field="rules.self_share")
        for name in ("bonus_limit", "deduction_limit"):
            if getattr(self, name) < 0:
                raise LimitNegative(field=f"rules.{name}")
        self._bands_must_hold()

    def _sections_must_hold(self) -> None:
        _weights_not_negative((s.weight for s in self.sections), "rules.sections")
        total = sum((section.weight for section in self.sections), Decimal(0))
        if total != HUNDRED:
            raise SectionWeightsNotHundred(field="rules.sections", total=total)
        codes = [section.code for section in self.sections]
        for number, code in enumerate(codes):
            if code in codes[:number]:
                raise SectionNamedTwice(field=f"rules.sections[{number}].code", section=code)
        if sum(section.kind == "kpi" for section in self.sections) != 1:
            raise OneKpiSectionOnly(field="rules.sections")

    def _bands_must_hold(self) -> None:
        descending = all(high.at_least > low.at_least for high, low in pairwise(self.bands))
        if not self.bands or self.bands[-1].at_least != 0 or not descending:
            raise BandsIncomplete(field="rules.bands")


def _items_must_hold(section: Section, field: str) -> None:
    if section.kind == "judged":
        if section.items:
            raise JudgedSectionWithItems(field=f"{field}.items", section=section.code)
        return
    _weights_not_negative((item.weight for item in section.items), f"{field}.items")
    total = sum((item.weight for item in section.items), Decimal(0))
    if total != HUNDRED:
        raise ItemWeightsNotHundred(field=f"{field}.items", section=section.code, total=total)
    seen: set[UUID] = set()
    for number, item in enumerate(section.items):
        if item.kpi in seen:
            raise KpiNamedTwice(field=f"{field}.items[{number}].kpi", code=item.code)
        seen.add(item.kpi)
        item.curve.must_be_sound(f"{field}.items[{number}].curve")


def _weights_not_negative(weights: Iterable[Decimal], field: str) -> None:
    for number, weight in enumerate(weights):
        if weight < 0:
            raise WeightNegative(field=f"{field}[{number}].weight")
