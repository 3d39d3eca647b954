"""The sales template."""

import pytest

from services.appraisal.domain.errors import TemplateKpiMissing
from services.appraisal.domain.templates import SALES_ITEMS, sales
from shared.kernel.ids import id_of

KPIS = {line.code: id_of("kpi", line.code) for line in SALES_ITEMS}


def test_the_sales_template_is_sound_and_leads_with_revenue_and_collections():
    rules = sales(KPIS)
    rules.must_hold()
    weights = [(item.code, int(item.weight)) for item in rules.kpi_section.items]
    assert weights == [
        ("revenue", 35),
        ("collections", 25),
        ("orders_won", 15),
        ("win_rate", 15),
        ("first_response", 10),
    ]
    assert [int(section.weight) for section in rules.sections] == [70, 20, 10]
    assert (rules.self_share, rules.bonus_limit, rules.deduction_limit) == (20, 5, 10)


def test_every_section_has_a_title_in_both_languages():
    assert all(section.title.en and section.title.zh for section in sales(KPIS).sections)


def test_a_template_without_all_its_kpis_is_refused():
    with pytest.raises(TemplateKpiMissing) as refused:
        sales({"revenue": KPIS["revenue"]})
    assert refused.value.details["codes"] == "collections, orders_won, win_rate, first_response"
