"""What a key result says on a day, aspect by aspect."""

from datetime import date
from decimal import Decimal

from services.goals.domain.agreement import revision_of
from services.goals.domain.measure import Threshold, YesNo
from tests.support.goals import agreement, metric, said, terms

AUGUST, SEPTEMBER = date(2026, 8, 1), date(2026, 9, 1)
REVISED = agreement(
    terms(),
    said({"target": Decimal(1000), "plan": ()}, AUGUST, 1),
    said({"target": Decimal(1100), "plan": ()}, SEPTEMBER, 2),
    said({"weight": 3000}, AUGUST, 3),
)


def test_the_original_stays_what_it_was() -> None:
    assert REVISED.original == terms()


def test_each_aspect_has_its_own_history() -> None:
    july, august, september = (
        REVISED.terms_on(day) for day in (date(2026, 7, 31), AUGUST, SEPTEMBER)
    )
    assert july == terms()
    assert august == terms(metric(0, 1000), weight=3000)
    assert september == terms(metric(0, 1100), weight=3000)


def test_before_its_first_day_the_first_terms_are_shown() -> None:
    assert REVISED.terms_on(date(2026, 1, 1)) == terms()
    assert REVISED.on(AUGUST, "nothing") is None


def test_the_steps_of_the_target_are_the_original_and_every_revision() -> None:
    steps = REVISED.steps("target")
    assert [step.statement.says["target"] for step in steps] == [1200, 1000, 1100]
    assert [revision_of(step) is None for step in steps] == [True, False, False]
    assert REVISED.steps("nothing") == ()


def test_the_days_on_which_something_changes_are_known() -> None:
    assert REVISED.days_of_change() == (AUGUST, SEPTEMBER)


def test_another_measure_brings_its_own_aspects() -> None:
    bound = Threshold(operator="at_least", lower=Decimal(95))
    says = {name: getattr(bound, name) for name in Threshold.model_fields}
    replaced = agreement(terms(YesNo()), said({**says, "unit": "%"}, AUGUST, 1))
    assert replaced.terms_on(date(2026, 7, 31)).measure == YesNo()
    assert replaced.terms_on(AUGUST) == terms(bound, unit="%")
