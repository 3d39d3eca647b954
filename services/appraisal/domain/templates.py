"""Schemes to start from; the sales template is the first."""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from services.appraisal.domain.errors import TemplateKpiMissing
from services.appraisal.domain.presets import CurveChoice, Preset
from services.appraisal.domain.rules import Item, Missing, Rules, Section, Title


class _Line(NamedTuple):
    code: str
    weight: int
    preset: Preset
    missing: Missing


SALES_ITEMS = (
    _Line("revenue", 35, "threshold_target_stretch", "renormalise"),
    _Line("collections", 25, "threshold_target_stretch", "renormalise"),
    _Line("orders_won", 15, "proportional", "renormalise"),
    _Line("win_rate", 15, "threshold_target_stretch", "renormalise"),
    _Line("first_response", 10, "threshold_target_stretch", "zero"),
)

SALES_TITLE = Title(en="Sales: results first", zh="销售团队考核:业绩为先")


def sales(kpis: Mapping[str, UUID]) -> Rules:
    """The sales template: KPIs 70, ability 20, values 10; revenue and collections lead.

    Up to 5 points of bonus, up to 10 of deduction. ``kpis`` names the KPI for each code; refused
    while one is missing.
    """
    lacking = [line.code for line in SALES_ITEMS if line.code not in kpis]
    if lacking:
        raise TemplateKpiMissing(field="kpis", codes=", ".join(lacking))
    items = tuple(
        Item(
            kpi=kpis[line.code],
            code=line.code,
            weight=Decimal(line.weight),
            curve=CurveChoice(preset=line.preset),
            missing=line.missing,
        )
        for line in SALES_ITEMS
    )
    return Rules(
        sections=(
            _section("kpi", "KPIs", "业绩指标", "70", items),
            _section("ability", "Ability", "能力", "20"),
            _section("values", "Values", "价值观", "10"),
        ),
        bonus_limit=Decimal(5),
        deduction_limit=Decimal(10),
    )


def _section(code: str, en: str, zh: str, weight: str, items: tuple[Item, ...] = ()) -> Section:
    return Section(
        code=code,
        title=Title(en=en, zh=zh),
        kind="kpi" if items else "judged",
        weight=Decimal(weight),
        items=items,
    )
