"""Every fact of the directory is published as exactly one record, in the same fields."""

from services.directory.domain.forgetting import Forgotten
from services.directory.feed.translation import TRANSLATION
from shared.kernel.facts import fact_named, stored_names


def test_no_fact_is_forgotten():
    directory = {fact_named(name) for name in stored_names() if name.startswith("directory.")}
    assert directory == {entry.fact for entry in TRANSLATION.entries}


def test_each_fact_has_a_contract_of_its_own():
    assert len({entry.contract for entry in TRANSLATION.entries}) == len(TRANSLATION.entries)


def test_names_and_logins_have_a_feed_of_their_own_that_nobody_outside_reads():
    assert TRANSLATION.feeds == ["accounts", "organisation"]
    audiences = {e.contract.audience for e in TRANSLATION.entries if e.feed == "accounts"}
    assert audiences == {"own"}


def test_fact_and_contract_have_the_same_fields():
    for entry in TRANSLATION.entries:
        kept = {"reason"} if entry.fact is Forgotten else set()  # why stays with the directory
        assert entry.fact.model_fields.keys() - kept == entry.contract.model_fields.keys()
