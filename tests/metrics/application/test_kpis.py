"""KPI definitions over HTTP: defined once, redefined with a reason."""

from datetime import timedelta

import pytest

from shared.kernel.actors import person
from tests.support.house import running
from tests.support.metrics_world import CHEN, HU, OWNER, REVENUE, WU, a_world


@pytest.fixture(scope="module")
def world(module_databases):
    with running(module_databases, "directory", "goals", "metrics") as house:
        yield a_world(house)


@pytest.fixture
def hu(world):
    with world.speaking(person(HU)) as me:
        yield me


def a_kpi(code="COLLECTIONS", **more):
    usual = {
        "code": code,
        "name_zh": "回款",
        "name_en": "Collections",
        "unit": "CNY",
        "direction": "higher",
        "over_time": "sum",
        "frequency": "month",
        "owner_id": str(OWNER),
        "sources": ["erp"],
    }
    return usual | more


def refused(answer, status, code, field=None):
    told = answer.json()
    assert (answer.status_code, told["code"]) == (status, code), told
    if field is not None:
        assert told["field"] == field


def kpi(me, code, **asked):
    return next(one for one in me.read("/kpis", **asked)["items"] if one["code"] == code)


def test_hr_defines_a_kpi_once(hu):
    first = hu.done("define-kpis", {"definitions": [a_kpi()]})
    again = hu.done("define-kpis", {"definitions": [a_kpi()]})
    assert first["streams"] == again["streams"]
    assert kpi(hu, "COLLECTIONS")["definition"] == 1
    answer = hu.ask("define-kpis", {"definitions": [a_kpi(unit="USD")]})
    refused(answer, 422, "KpiIsDefinedOtherwise", "definitions[0].code")


def test_a_later_version_holds_from_its_day(hu, world):
    hu.done("define-kpis", {"definitions": [a_kpi("LATER")]})
    tomorrow = str(world.today + timedelta(days=1))
    redefinition = {
        "definition": a_kpi("LATER", owner_id=str(WU)),
        "effective_from": tomorrow,
        "reason": "new owner",
    }
    hu.done("redefine-kpi", redefinition)
    assert kpi(hu, "LATER")["owner"] == str(OWNER)
    assert kpi(hu, "LATER", on=tomorrow)["owner"] == str(WU)


def test_what_a_kpi_means_cannot_change(hu):
    hu.done("define-kpis", {"definitions": [a_kpi("FIXED")]})
    redefinition = {"definition": a_kpi("FIXED", frequency="day"), "reason": "daily now"}
    answer = hu.ask("redefine-kpi", redefinition)
    refused(answer, 422, "DefinitionIsAnotherKpi", "definition.frequency")


def test_if_match_guards_a_redefinition(hu):
    hu.done("define-kpis", {"definitions": [a_kpi("GUARDED")]})
    redefinition = {"definition": a_kpi("GUARDED", name_en="Cash"), "reason": "clearer"}
    refused(hu.ask("redefine-kpi", redefinition, **{"If-Match": '"7"'}), 412, "VersionHasMoved")
    hu.done("redefine-kpi", redefinition, **{"If-Match": '"1"'})


def test_components_must_be_summed_kpis_that_are_known(hu):
    rate = {"over_time": "ratio_of_sums", "numerator": "WON"}
    unknown = a_kpi("RATE", **rate, denominator="NOTHING")
    answer = hu.ask("define-kpis", {"definitions": [unknown]})
    refused(answer, 422, "ComponentsDoNotFit", "definitions[0].denominator")
    of_a_rate = a_kpi("RATE", **rate, denominator="WIN_RATE")
    answer = hu.ask("define-kpis", {"definitions": [of_a_rate]})
    refused(answer, 422, "ComponentsDoNotFit", "definitions[0].denominator")


def test_no_kpi_is_fed_from_goals(hu):
    answer = hu.ask("define-kpis", {"definitions": [a_kpi("OKR_SCORE", sources=["goals"])]})
    refused(answer, 422, "SourceCarriesGoals", "definitions[0].sources")


def test_an_employee_defines_nothing(world):
    with world.speaking(person(CHEN)) as me:
        refused(me.ask("define-kpis", {"definitions": [a_kpi("X")]}), 403, "NotAKpiKeeper")


def test_the_story_of_a_kpi_without_a_subject_is_its_definitions(hu):
    items = hu.read(f"/kpis/{REVENUE}/story")["items"]
    assert [one["name"] for one in items] == ["metrics.Kpi.Defined"]
    unknown = f"/kpis/{CHEN}/story"
    refused(hu.get(unknown), 404, "KpiIsUnknown", "kpi_id")
