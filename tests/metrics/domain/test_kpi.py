"""KPI definitions and their versions."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from services.metrics.domain.errors import (
    ComponentsDoNotFit,
    DefinitionIsAnotherKpi,
    KpiIsDefinedOtherwise,
    KpiIsUnknown,
    SourceCarriesGoals,
)
from services.metrics.domain.kpi import Defined, Definition, Kpi, Redefined
from services.metrics.domain.subjects import Voice
from shared.access.refusals_of_figures import (
    NotAKpiKeeper,
)
from shared.kernel.facts import Fact
from tests.support.scenario import scenario

KEEPER, OWNER, WON, OPPORTUNITIES = Voice(keeper=True), uuid4(), uuid4(), uuid4()
JULY = date(2026, 7, 1)


def revenue(**other: Any) -> Definition:
    return Definition(
        **{
            "code": "revenue",
            "name_zh": "销售收入",
            "name_en": "Revenue",
            "unit": "CNY",
            "direction": "higher",
            "over_time": "sum",
            "over_units": "sum",
            "frequency": "day",
            "grain": "replace",
            "owner_id": OWNER,
            "sources": ("erp", "crm"),
            **other,
        }
    )


def redefined(**other: Any) -> Redefined:
    return Redefined(number=2, definition=revenue(**other), effective_from=JULY, reason="new owner")


def test_a_kpi_is_defined_once() -> None:
    scenario(Kpi).when(lambda k: k.define(revenue(), KEEPER)).then(Defined(definition=revenue()))


def test_the_same_definition_again_records_nothing() -> None:
    scenario(Kpi).given(Defined(definition=revenue())).when(
        lambda k: k.define(revenue(), KEEPER)
    ).then_nothing()


def test_another_definition_under_the_same_code_is_refused() -> None:
    scenario(Kpi).given(Defined(definition=revenue())).when(
        lambda k: k.define(revenue(name_en="Sales"), KEEPER)
    ).then_refused(KpiIsDefinedOtherwise, field="code", code="revenue")


def test_only_keepers_define_and_redefine() -> None:
    scenario(Kpi).when(lambda k: k.define(revenue(), Voice())).then_refused(NotAKpiKeeper)
    scenario(Kpi).given(Defined(definition=revenue())).when(
        lambda k: k.redefine(revenue(), JULY, "why", Voice(owner=True))
    ).then_refused(NotAKpiKeeper)


def test_a_ratio_names_two_different_components() -> None:
    rate = revenue(over_time="ratio_of_sums", numerator_id=WON, denominator_id=OPPORTUNITIES)
    scenario(Kpi).when(lambda k: k.define(rate, KEEPER)).then(Defined(definition=rate))


@pytest.mark.parametrize(
    "other",
    [
        {"over_time": "ratio_of_sums"},
        {"over_time": "ratio_of_sums", "numerator_id": WON},
        {"over_time": "ratio_of_sums", "numerator_id": WON, "denominator_id": WON},
        {"over_time": "sum", "numerator_id": WON, "denominator_id": OPPORTUNITIES},
    ],
)
def test_components_must_fit(other: dict[str, Any]) -> None:
    scenario(Kpi).when(lambda k: k.define(revenue(**other), KEEPER)).then_refused(
        ComponentsDoNotFit, field="numerator"
    )


@pytest.mark.parametrize("source", ["goals", "Insights", " OKR ", "key-results"])
def test_a_kpi_is_not_fed_from_goals_or_insights(source: str) -> None:
    scenario(Kpi).when(lambda k: k.define(revenue(sources=("erp", source)), KEEPER)).then_refused(
        SourceCarriesGoals, field="sources"
    )


def test_a_further_version_may_change_owner_names_sources_and_units() -> None:
    other = {"owner_id": WON, "name_en": "Sales", "sources": ("crm",), "over_units": "mean"}
    scenario(Kpi).given(Defined(definition=revenue())).when(
        lambda k: k.redefine(revenue(**other), JULY, "new owner", KEEPER)
    ).then(redefined(**other))


def test_the_version_that_stands_records_nothing() -> None:
    scenario(Kpi).given(Defined(definition=revenue()), redefined(owner_id=WON)).when(
        lambda k: k.redefine(revenue(owner_id=WON), JULY, "again", KEEPER)
    ).then_nothing()


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("unit", "USD"),
        ("direction", "lower"),
        ("over_time", "mean"),
        ("frequency", "month"),
        ("grain", "add"),
        ("numerator_id", WON),
    ],
)
def test_what_a_figure_means_never_changes(word: str, value: object) -> None:
    scenario(Kpi).given(Defined(definition=revenue())).when(
        lambda k: k.redefine(revenue(**{word: value}), JULY, "why", KEEPER)
    ).then_refused(DefinitionIsAnotherKpi, field=word)


def test_what_was_never_defined_cannot_be_redefined() -> None:
    scenario(Kpi).when(lambda k: k.redefine(revenue(), JULY, "why", KEEPER)).then_refused(
        KpiIsUnknown
    )


def test_versions_are_counted() -> None:
    kpi = Kpi().after(Defined(definition=revenue())).after(redefined(owner_id=WON))
    assert (kpi.number, kpi.known().owner_id) == (2, WON)
    assert kpi.after(Fact()) is kpi
