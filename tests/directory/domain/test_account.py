"""How a person is known outside: opened, renamed, linked to logins, switched off, closed."""

from uuid import UUID

from services.directory.domain.account import (
    Account,
    Closed,
    Described,
    Login,
    LoginLinked,
    LoginUnlinked,
    Mail,
    MailsListed,
    Opened,
    Renamed,
    SwitchedOff,
    SwitchedOn,
    account_of,
)
from services.directory.domain.account_errors import AccountUnknown, AlreadyHasAccount
from tests.support.scenario import scenario

LI = UUID(int=7)
OPENED = Opened(person_id=LI, user_name="li.ming@farhill.example", external_id="e-17")
LOGIN = Login(issuer="https://id.example", subject="Sub-17")
LINKED = LoginLinked(issuer="https://id.example", subject="Sub-17")
UNLINKED = LoginUnlinked(issuer="https://id.example", subject="Sub-17")


def test_an_account_is_opened_once():
    scenario(Account).when(lambda a: a.open(LI, "li.ming@farhill.example", "e-17")).then(OPENED)
    scenario(Account).given(OPENED).when(lambda a: a.open(LI, "li", None)).then_refused(
        AlreadyHasAccount, user_name="li.ming@farhill.example"
    )


def test_a_closed_account_can_be_opened_anew_and_remembers_nothing():
    again = Opened(person_id=LI, user_name="li", external_id=None)
    account = (
        scenario(Account)
        .given(OPENED, SwitchedOff(), MailsListed(mails=(Mail(value="li@x.example"),)), Closed())
        .when(lambda a: a.open(LI, "li", None))
        .then(again)
    )
    assert account == Account(LI, "li", None, is_open=True)


def test_other_names_are_a_renaming_and_the_same_ones_are_nothing():
    renamed = Renamed(user_name="ming", external_id="e-17")
    scenario(Account).given(OPENED).when(lambda a: a.rename("ming", "e-17")).then(renamed)
    scenario(Account).given(OPENED, renamed).when(lambda a: a.rename("ming", "e-17")).then_nothing()


def test_mails_and_descriptions_are_recorded_when_they_are_others():
    mails = (Mail(value="li@x.example", kind="work", primary=True),)
    listed = MailsListed(mails=mails)
    scenario(Account).given(OPENED).when(lambda a: a.list_mails(mails)).then(listed)
    scenario(Account).given(OPENED, listed).when(lambda a: a.list_mails(mails)).then_nothing()
    described = Described(attributes={"nickName": "Ming"})
    scenario(Account).given(OPENED).when(lambda a: a.describe({"nickName": "Ming"})).then(described)
    scenario(Account).given(OPENED, described).when(
        lambda a: a.describe({"nickName": "Ming"})
    ).then_nothing()


def test_it_is_switched_off_and_on_once():
    scenario(Account).given(OPENED).when(lambda a: a.switch(on=False)).then(SwitchedOff())
    scenario(Account).given(OPENED).when(lambda a: a.switch(on=True)).then_nothing()
    scenario(Account).given(OPENED, SwitchedOff()).when(lambda a: a.switch(on=True)).then(
        SwitchedOn()
    )


def test_a_login_is_linked_to_an_open_account_only():
    scenario(Account).when(lambda a: a.link(LI, LOGIN)).then_refused(
        AccountUnknown, field="person_id", person_id=LI
    )
    scenario(Account).given(OPENED).when(lambda a: a.link(LI, LOGIN)).then(LINKED)
    scenario(Account).given(OPENED, LINKED).when(lambda a: a.link(LI, LOGIN)).then_nothing()


def test_a_login_that_is_not_linked_is_not_unlinked():
    scenario(Account).given(OPENED, LINKED).when(lambda a: a.unlink(LOGIN)).then(UNLINKED)
    scenario(Account).given(OPENED).when(lambda a: a.unlink(LOGIN)).then_nothing()


def test_closing_unlinks_every_login_and_happens_once():
    scenario(Account).given(OPENED, LINKED).when(lambda a: a.close()).then(UNLINKED, Closed())
    scenario(Account).given(OPENED, Closed()).when(lambda a: a.close()).then_nothing()


def test_an_account_has_a_stream_of_its_own():
    assert account_of(LI) != LI
    assert account_of(LI) == account_of(UUID(int=7))
