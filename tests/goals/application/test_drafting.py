"""From entries as people send them to terms as the domain keeps them."""

from hypothesis import given
from hypothesis import strategies as st

from services.goals.application.drafting import (
    key_result_terms,
    objective_terms,
    parents_first,
)
from services.goals.application.entries import KeyResultEntry, ObjectiveEntry
from services.goals.domain.measure import YesNo
from services.goals.domain.terms import AlignmentLink, Holder
from shared.kernel.ids import id_of
from tests.goals.domain import samples as s


def entry(n, *parents):
    return ObjectiveEntry(
        objective_id=id_of("objective", n),
        cycle_id=s.CYCLE_ID,
        title=f"Objective {n}",
        level="team",
        holder=Holder(kind="unit", id=s.SALES),
        responsible_id=s.CHEN,
        kind="committed",
        alignments=tuple(AlignmentLink(objective_id=id_of("objective", p)) for p in parents),
        key_results=(
            KeyResultEntry(
                key_result_id=id_of("kr", n),
                title="Done",
                responsible_id=s.CHEN,
                measure=YesNo(),
            ),
        ),
    )


def test_a_key_result_lasts_the_cycle_unless_it_says_otherwise():
    (terms,) = key_result_terms(entry(1), s.DRAFTING)
    assert (terms.number, terms.start, terms.deadline) == (1, s.JULY_1, s.SEP_30)


def test_the_terms_are_what_the_entry_says():
    terms = objective_terms(entry(1, 2))
    assert terms.title == "Objective 1"
    assert terms.alignments[0].objective_id == id_of("objective", 2)


def test_parents_come_first_and_keep_their_places():
    listed = [entry(1, 2), entry(2, 3), entry(3), entry(4, 99)]
    assert [place for place, _ in parents_first(listed)] == [2, 1, 0, 3]


@given(st.lists(st.lists(st.integers(0, 7), max_size=3), min_size=1, max_size=8))
def test_everything_is_told_once_even_in_a_circle(parents):
    listed = [entry(n, *above) for n, above in enumerate(parents)]
    assert sorted(place for place, _ in parents_first(listed)) == list(range(len(listed)))
