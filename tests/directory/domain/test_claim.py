"""A name that only one may bear is taken by one, and free again when given back."""

from uuid import UUID

from services.directory.domain.account_errors import UserNameTaken
from services.directory.domain.claim import (
    Claim,
    Claimed,
    Released,
    claim_on_external_id,
    claim_on_login,
    claim_on_user_name,
)
from tests.support.scenario import scenario

LI, CHEN = UUID(int=1), UUID(int=2)
TAKEN = UserNameTaken(field="user_name", user_name="li")


def test_a_free_name_is_taken_and_stays_with_its_holder():
    scenario(Claim).when(lambda c: c.take(LI, TAKEN)).then(Claimed(holder=LI))
    scenario(Claim).given(Claimed(holder=LI)).when(lambda c: c.take(LI, TAKEN)).then_nothing()


def test_a_name_that_belongs_to_another_is_refused():
    scenario(Claim).given(Claimed(holder=LI)).when(lambda c: c.take(CHEN, TAKEN)).then_refused(
        UserNameTaken, user_name="li"
    )


def test_only_its_holder_gives_a_name_back():
    scenario(Claim).given(Claimed(holder=LI)).when(lambda c: c.release(CHEN)).then_nothing()
    scenario(Claim).given(Claimed(holder=LI)).when(lambda c: c.release(LI)).then(
        Released(holder=LI)
    )
    scenario(Claim).given(Claimed(holder=LI), Released(holder=LI)).when(
        lambda c: c.take(CHEN, TAKEN)
    ).then(Claimed(holder=CHEN))


def test_capitals_matter_where_the_standards_say_so():
    assert claim_on_user_name("Li.Ming") == claim_on_user_name("li.MING")
    assert claim_on_external_id("00uAb") != claim_on_external_id("00uaB")
    assert claim_on_login("https://id", "Sub") != claim_on_login("https://id", "sub")


def test_kinds_of_names_never_meet():
    kinds = {claim_on_user_name("x"), claim_on_external_id("x"), claim_on_login("x", "")}
    assert len(kinds) == 3
