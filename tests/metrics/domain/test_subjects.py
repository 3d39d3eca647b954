"""Who may speak about whose figures."""

import pytest

from services.metrics.domain.errors import (
    OnlySystemsReport,
)
from services.metrics.domain.subjects import Voice
from shared.access.refusals_of_figures import (
    NotAKpiKeeper,
    NotTheSubject,
    NotYourFigures,
    OwnFigures,
)


@pytest.mark.parametrize("voice", [Voice(keeper=True), Voice(service=True)])
def test_keepers_and_services_define_kpis(voice: Voice) -> None:
    voice.must_keep_kpis()


def test_no_one_else_defines_kpis() -> None:
    with pytest.raises(NotAKpiKeeper):
        Voice(owner=True, manager=True).must_keep_kpis()


@pytest.mark.parametrize(
    "voice", [Voice(owner=True), Voice(manager=True), Voice(keeper=True), Voice(service=True)]
)
def test_owners_managers_keepers_and_services_answer_for_figures(voice: Voice) -> None:
    voice.must_answer_for_figures()
    voice.must_report("typed")


def test_a_colleague_does_not_answer_for_figures() -> None:
    with pytest.raises(NotYourFigures):
        Voice().must_answer_for_figures()


@pytest.mark.parametrize("role", ["owner", "manager", "keeper", "service"])
def test_no_role_lets_anyone_answer_for_their_own_figures(role: str) -> None:
    with pytest.raises(OwnFigures):
        Voice(subject=True, **{role: True}).must_answer_for_figures()


def test_a_system_reports_whoever_it_is_about() -> None:
    Voice(service=True, subject=True).must_report("system")
    Voice(service=True, subject=True).must_report("derived")


def test_a_person_cannot_pass_as_a_system() -> None:
    with pytest.raises(OnlySystemsReport):
        Voice(keeper=True).must_report("system")


def test_the_subject_agrees_and_no_one_else() -> None:
    Voice(subject=True).must_be_the_subject()
    Voice(service=True).must_be_the_subject()
    with pytest.raises(NotTheSubject):
        Voice(manager=True).must_be_the_subject()
