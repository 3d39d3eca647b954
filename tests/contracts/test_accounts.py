"""What is said about accounts and groups never changes its shape, and never leaves the house."""

import json
from pathlib import Path
from uuid import UUID

import pytest

from shared.contracts import accounts as a
from shared.contracts.records import Contract

GOLDEN = Path(__file__).parent / "golden"
LI, CHEN = UUID(int=1), UUID(int=2)
ISSUER, SUBJECT = "https://id.farhill.example", "sub-17"
EXAMPLES: list[Contract] = [
    a.AccountOpened(person_id=LI, user_name="li.ming@farhill.example", external_id="e-17"),
    a.AccountRenamed(user_name="ming.li@farhill.example", external_id="e-17"),
    a.MailsListed(mails=(a.Mail(value="li.ming@farhill.example", kind="work", primary=True),)),
    a.AccountDescribed(attributes={"nickName": "Ming", "name": {"givenName": "明"}}),
    a.AccountSwitchedOff(),
    a.AccountSwitchedOn(),
    a.LoginLinked(issuer=ISSUER, subject=SUBJECT),
    a.LoginUnlinked(issuer=ISSUER, subject=SUBJECT),
    a.AccountClosed(),
    a.NameClaimed(holder=LI),
    a.NameReleased(holder=LI),
    a.GroupFormed(display_name="Cairn HR", external_id="g-1"),
    a.GroupRenamed(display_name="Cairn People", external_id="g-1"),
    a.MembersJoined(members=(LI, CHEN)),
    a.MembersLeft(members=(CHEN,)),
    a.GroupDissolved(),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e.record_name)
def test_it_is_written_as_it_always_was(example: Contract) -> None:
    golden = json.loads((GOLDEN / f"{example.record_name}.json").read_text(encoding="utf-8"))
    assert json.loads(example.model_dump_json()) == golden


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e.record_name)
def test_what_was_written_can_be_read(example: Contract) -> None:
    golden = (GOLDEN / f"{example.record_name}.json").read_text(encoding="utf-8")
    assert type(example).model_validate_json(golden) == example


def test_every_contract_has_its_example() -> None:
    declared = {c for c in vars(a).values() if isinstance(c, type) and issubclass(c, Contract)}
    assert {type(e) for e in EXAMPLES} == {c for c in declared if c.record_name}


def test_nothing_of_it_leaves_the_directory() -> None:
    assert {type(e).audience for e in EXAMPLES} == {"own"}
