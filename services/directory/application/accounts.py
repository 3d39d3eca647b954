"""What the directory does when asked about accounts: load, ask, save."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from services.directory.application.account_commands import (
    AccountEntry,
    CloseAccounts,
    LinkLogin,
    ProvisionAccounts,
    UnlinkLogin,
)
from services.directory.domain.account import Account, Login, Mail, account_of
from services.directory.domain.account_errors import ExternalIdTaken, LoginTaken, UserNameTaken
from services.directory.domain.claim import (
    Claim,
    claim_on_external_id,
    claim_on_login,
    claim_on_user_name,
)
from services.directory.domain.errors import PersonUnknown
from services.directory.domain.person import Person
from shared.eventing.asking import Answer, Asked
from shared.eventing.journal import Journal, Work


class Accounts:
    """One method per command."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def provision(self, asked: Asked, command: ProvisionAccounts) -> Answer:
        """Every account stands as described afterwards."""

        def decide(work: Work) -> None:
            people = [entry.person_id for entry in command.accounts]
            work.load_many(Person, people)
            work.load_many(Account, [account_of(person_id) for person_id in people])
            work.load_many(Claim, _claims(command.accounts))
            for n, entry in enumerate(command.accounts):
                _must_work_here(work, entry.person_id, f"accounts[{n}].person_id")
                _stand(work, entry)

        return self._journal.decide(asked, decide)

    def link_login(self, asked: Asked, command: LinkLogin) -> Answer:
        """The login opens this account, and no other."""
        login = Login(issuer=command.issuer, subject=command.subject)

        def decide(work: Work) -> None:
            person_id = command.person_id
            work.change(Account, account_of(person_id), lambda a: a.link(person_id, login))
            taken = LoginTaken(field="subject", issuer=login.issuer)
            key = claim_on_login(login.issuer, login.subject)
            work.change(Claim, key, lambda claim: claim.take(person_id, taken))

        return self._journal.decide(asked, decide)

    def unlink_login(self, asked: Asked, command: UnlinkLogin) -> Answer:
        """The login opens this account no more."""
        login = Login(issuer=command.issuer, subject=command.subject)

        def decide(work: Work) -> None:
            work.change(Account, account_of(command.person_id), lambda a: a.unlink(login))
            _free_login(work, command.person_id, login)

        return self._journal.decide(asked, decide)

    def close(self, asked: Asked, command: CloseAccounts) -> Answer:
        """The accounts exist no more; their names and logins are free."""

        def decide(work: Work) -> None:
            work.load_many(Account, [account_of(one) for one in command.person_ids])
            for person_id in command.person_ids:
                close(work, person_id)

        return self._journal.decide(asked, decide)


def bear(work: Work, person_id: UUID, user_name: str, external_id: str | None) -> None:
    """Let the person's account have these names, and give back the ones it had."""
    account = work.load(Account, account_of(person_id))
    _claim(work, person_id, user_name, external_id)
    if not account.is_open:
        work.change(
            Account, account_of(person_id), lambda a: a.open(person_id, user_name, external_id)
        )
        return
    work.change(Account, account_of(person_id), lambda a: a.rename(user_name, external_id))
    _give_back(work, person_id, account, user_name, external_id)


def close(work: Work, person_id: UUID) -> None:
    """Let the person's account exist no more, and free its names and logins."""
    account = work.load(Account, account_of(person_id))
    if not account.is_open:
        return
    work.change(Account, account_of(person_id), lambda a: a.close())
    _give_back(work, person_id, account, None, None)
    for login in account.logins:
        _free_login(work, person_id, login)


def _claims(entries: Sequence[AccountEntry]) -> Iterator[UUID]:
    for entry in entries:
        yield from claims_of(entry.user_name, entry.external_id)


def claims_of(user_name: str, external_id: str | None) -> Iterator[UUID]:
    """The names that somebody known so lays claim to."""
    yield claim_on_user_name(user_name)
    if external_id is not None:
        yield claim_on_external_id(external_id)


def _stand(work: Work, entry: AccountEntry) -> None:
    bear(work, entry.person_id, entry.user_name, entry.external_id)
    mails = [Mail.model_validate(mail.model_dump()) for mail in entry.mails]
    work.change(Account, account_of(entry.person_id), lambda a: a.list_mails(mails))


def _claim(work: Work, person_id: UUID, user_name: str, external_id: str | None) -> None:
    taken = UserNameTaken(field="user_name", user_name=user_name)
    work.change(Claim, claim_on_user_name(user_name), lambda c: c.take(person_id, taken))
    if external_id is not None:
        known = ExternalIdTaken(field="external_id", external_id=external_id)
        work.change(Claim, claim_on_external_id(external_id), lambda c: c.take(person_id, known))


def _give_back(
    work: Work, person_id: UUID, before: Account, user_name: str | None, external_id: str | None
) -> None:
    key = claim_on_user_name(before.user_name)
    if user_name is None or key != claim_on_user_name(user_name):
        work.change(Claim, key, lambda claim: claim.release(person_id))
    if before.external_id is not None and before.external_id != external_id:
        old = claim_on_external_id(before.external_id)
        work.change(Claim, old, lambda claim: claim.release(person_id))


def _free_login(work: Work, person_id: UUID, login: Login) -> None:
    key = claim_on_login(login.issuer, login.subject)
    work.change(Claim, key, lambda claim: claim.release(person_id))


def _must_work_here(work: Work, person_id: UUID, field: str) -> None:
    if work.load(Person, person_id).employed_from is None:
        raise PersonUnknown(field=field, person_id=person_id)
