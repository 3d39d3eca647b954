"""What identity providers match by is answered by the tables, not by looking at everybody."""

import pytest
from scim2_models import ScimFilter

from services.directory.api.scim.filters import Beyond, Condition
from services.directory.api.scim.provider import GROUP, USER
from services.directory.api.scim.searching import GROUPS, USERS

ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
CORE = "urn:ietf:params:scim:schemas:core:2.0:User"


@pytest.mark.parametrize(
    ("asked", "value"),
    [
        ('userName eq "Li.Ming@Farhill.example"', "li.ming@farhill.example"),
        (f'{CORE}:userName eq "LI"', "li"),
        ('externalId eq "00uAb"', "00uAb"),
        ('emails eq "Li@X.example"', "li@x.example"),
        ('emails[value eq "Li@X.example"]', "li@x.example"),
        ("active eq false", False),
        (f'{ENTERPRISE}:employeeNumber eq "E17"', "e17"),
        ('displayName sw "Li"', "li"),
        ('name.familyName co "I"', "i"),
    ],
)
def test_matching_attributes_are_asked_of_the_tables(asked: str, value: object) -> None:
    condition = Condition(ScimFilter[USER](asked), USERS.columns)
    assert condition.sql()
    assert value in condition.params.values()


@pytest.mark.parametrize("name", ["userName", "externalId", "id"])
def test_an_index_answers_whom_providers_match(name: str) -> None:
    condition = Condition(ScimFilter[USER](f'{name} eq "x"'), USERS.columns)
    column = USERS.columns.single[name.lower()].sql
    assert condition.sql().startswith(f"({column} = %(f0)s")


def test_no_value_stands_in_the_words_of_the_query() -> None:
    nasty = "x' OR true --"
    condition = Condition(ScimFilter[USER](f'userName eq "{nasty}" or title sw "%"'), USERS.columns)
    assert nasty not in condition.sql()
    assert "%" not in condition.sql().replace("%(", "")


def test_membership_is_asked_of_the_tables() -> None:
    member = "2819c223-7f76-453a-919d-413861904646"
    asked = ScimFilter[GROUP](f'displayName eq "HR" and members[value eq "{member}"]')
    condition = Condition(asked, GROUPS.columns)
    assert "EXISTS" in condition.sql()
    assert member in map(str, condition.params.values())


@pytest.mark.parametrize(
    "asked",
    [
        'addresses[type eq "work" and country eq "China"]',
        'title ne "Rep"',
        "title eq null",
        'phoneNumbers.value co "139"',
        f'{ENTERPRISE}:manager.value eq "m-1"',
    ],
)
def test_what_the_tables_cannot_say_is_left_to_looking_one_by_one(asked: str) -> None:
    with pytest.raises(Beyond):
        Condition(ScimFilter[USER](asked), USERS.columns).sql()
