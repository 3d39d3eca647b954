"""What deserves a word although it is not refused."""

from datetime import date

from services.goals.domain import notices
from services.goals.domain.key_result_revisions import (
    KeyResultDropped,
    KeyResultWeightRevised,
    MeasuringKpiRevised,
)
from services.goals.domain.policy import PolicyWords
from services.goals.domain.sense import KnownKpi
from tests.goals.domain import samples as s

WORDS = PolicyWords()
STAMP = s.grounds().model_dump()


def said(*facts, kpis=None, day=s.AUG_14):
    objective = s.objective(*s.PUBLISHED, *facts)
    return [n.sentence for n in notices.of_revision(objective, s.RUNNING, WORDS, kpis or {}, day)]


def test_a_timely_balanced_set_deserves_none():
    objective = s.objective(*s.PUBLISHED)
    assert list(notices.of_publication(objective, s.DRAFTING, WORDS, {})) == []
    assert said() == []


def test_a_late_joiner_is_told():
    late = s.ORIGINAL.model_copy(update={"published_on": date(2026, 7, 4), "late": True})
    objective = s.objective(*s.DRAFT, late)
    (notice,) = notices.of_publication(objective, s.RUNNING, WORDS, {})
    assert notice.code == "JoinedLate"
    assert notice.sentence == "Published after the drafting window, which ended on 2026-07-03."


def test_weights_off_the_whole_count_in_proportion():
    heavier = KeyResultWeightRevised(**STAMP, key_result_id=s.CUSTOMERS, weight=5050)
    assert said(heavier) == ["The weights add up to 110.5 %; they count in proportion."]


def test_one_key_result_is_few():
    gone = [
        KeyResultDropped(**STAMP, key_result_id=k)
        for k in (s.FIRST_RESPONSE, s.LAUNCH, s.CRM, s.CARE)
    ]
    assert said(*gone)[0].startswith("1 key results; between 2 and 5")


def test_more_objectives_than_a_holder_can_focus_on():
    (notice,) = notices.of_holder("person", 3, WORDS)
    assert notice.sentence.startswith("3 objectives for one holder in the cycle; up to 2")
    assert list(notices.of_holder("person", 2, WORDS)) == []
    assert list(notices.of_holder("team", 9, WORDS)) == []


def test_a_kpi_that_nobody_defined_is_mentioned():
    bound = MeasuringKpiRevised(**STAMP, key_result_id=s.CUSTOMERS, kpi=s.ORDERS_WON)
    assert "not defined yet" in said(bound)[0]
    defined = {s.ORDERS_WON.kpi_id: KnownKpi(over_time="sum", direction="higher")}
    assert said(bound, kpis=defined) == []


def test_a_change_after_the_mid_cycle_review_is_shown_apart():
    assert said(day=s.SEP_1)[0].startswith("The mid-cycle review was on 2026-08-17")
