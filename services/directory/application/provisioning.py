"""People as an identity provider brings, changes and takes them away."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from uuid import UUID

from services.directory.application.accounts import bear, claims_of, close
from services.directory.application.grouping import Grouping
from services.directory.application.provisioned import Known, ProvisionedPerson
from services.directory.domain.account import Account, account_of
from services.directory.domain.claim import Claim
from services.directory.domain.person import Person
from services.directory.domain.provisioned import Meaning, meaning_of
from shared.eventing.asking import Answer, Asked, VersionHasMoved
from shared.eventing.journal import Journal, Work
from shared.kernel.clock import Clock
from shared.kernel.facts import Fact
from shared.kernel.ids import id_of
from shared.kernel.refusals import NotFound

FULL_TIME = 10_000
LOCALE = "zh-CN"


class Provisioning:
    """One method per thing that an identity provider does to a person.

    Only what changed on its side is changed here: what people in HR set right stays right.
    """

    def __init__(
        self, journal: Journal, known: Known, grouping: Grouping, clock: Clock, time_zone: str
    ) -> None:
        self._journal, self._known, self._grouping = journal, known, grouping
        self._clock, self._time_zone = clock, time_zone

    def bring(self, asked: Asked, person: ProvisionedPerson) -> Answer:
        """A new account; who is known by the employee number and has none gets it, else someone
        new is employed. The answer's ``person_id`` says who it is.
        """

        def decide(work: Work) -> None:
            _fetch(work, person)
            who = self._who(work, person)
            work.answer.more["person_id"] = str(who)
            self._stand(work, person.model_copy(update={"person_id": who}))

        return self._journal.decide(asked, decide)

    def change(
        self, asked: Asked, person: ProvisionedPerson, expected: int | None = None
    ) -> Answer:
        """Account and person stand as described, if nobody changed the account meanwhile."""

        def decide(work: Work) -> None:
            _fetch(work, person)
            _must_be_open(work, person.person_id, expected)
            self._stand(work, person)

        return self._journal.decide(asked, decide)

    def take_away(self, asked: Asked, person_id: UUID, expected: int | None = None) -> Answer:
        """The account is closed and the person cannot act; history stays."""

        def decide(work: Work) -> None:
            _must_be_open(work, person_id, expected)
            self._grouping.leave_all(work, person_id)
            close(work, person_id)
            work.change(Person, person_id, lambda person: person.deactivate())

        return self._journal.decide(asked, decide)

    def _who(self, work: Work, person: ProvisionedPerson) -> UUID:
        numbered = _numbered(meaning_of(person.user_name, person.attributes))
        if numbered is None:
            return person.person_id
        has_account = work.load(Account, account_of(numbered)).is_open
        return person.person_id if has_account else numbered

    def _stand(self, work: Work, said: ProvisionedPerson) -> None:
        stream = account_of(said.person_id)
        before = work.load(Account, stream)
        was = meaning_of(before.user_name, before.attributes) if before.is_open else Meaning()
        bear(work, said.person_id, said.user_name, said.external_id)
        work.change(Account, stream, lambda a: a.list_mails(said.mails))
        work.change(Account, stream, lambda a: a.describe(said.attributes))
        switched = work.change(Account, stream, lambda a: a.switch(on=said.active))
        meant = meaning_of(said.user_name, said.attributes)
        if not before.is_open:
            work.change(Person, said.person_id, self._join)
        self._settle(work, said.person_id, was, meant)
        if switched or not before.is_open:
            work.change(Person, said.person_id, partial(_let_in, on=said.active))

    def _join(self, person: Person) -> Iterator[Fact]:
        today = self._clock.today()
        yield from person.employ(today)
        yield from person.be_granted("employee", None, today, None)

    def _settle(self, work: Work, person_id: UUID, was: Meaning, meant: Meaning) -> None:
        """Carry over what the identity provider says otherwise than before."""
        if (meant.name, meant.name_en) != (was.name, was.name_en):
            work.change(Person, person_id, lambda p: p.call(meant.name, meant.name_en))
        work.change(Person, person_id, partial(self._localise, was, meant))
        if (meant.department, meant.title) != (was.department, was.title):
            self._place(work, person_id, was, meant)
        if meant.manager != was.manager:
            self._report(work, person_id, meant.manager, was.manager)

    def _localise(self, was: Meaning, meant: Meaning, person: Person) -> Iterator[Fact]:
        locale, zone = person.locale
        if meant.locale != was.locale or not locale:
            locale = meant.locale or locale or LOCALE
        if meant.time_zone != was.time_zone or not zone:
            zone = meant.time_zone or zone or self._time_zone
        yield from person.localise(locale, zone)

    def _place(self, work: Work, person_id: UUID, was: Meaning, meant: Meaning) -> None:
        """Hold the post in the department named, in place of the one named before."""
        old = self._known.unit_called(was.department) if was.department else None
        new = self._known.unit_called(meant.department) if meant.department else None
        person = work.load(Person, person_id)
        posts = {unit: post for unit, post in person.posts.items() if unit != old}
        if new is not None:
            _, share = person.posts.get(new, (meant.title, FULL_TIME))
            posts[new] = (meant.title, share)
        held = [(unit, title, share) for unit, (title, share) in posts.items()]
        work.change(Person, person_id, lambda p: p.hold_posts(held, self._clock.today()))

    def _report(self, work: Work, person_id: UUID, to: str, before: str) -> None:
        """Report to the person named, or to nobody where the one before is no longer named."""
        today, person = self._clock.today(), work.load(Person, person_id)
        manager = _as_id(to)
        if manager is not None and manager != person_id and _has_account(work, manager):
            work.change(Person, person_id, lambda p: p.report_to(person_id, "line", manager, today))
        elif before and person.managers.get("line") == _as_id(before):
            yesterday = today - timedelta(days=1)
            work.change(Person, person_id, lambda p: p.stop_reporting("line", yesterday))


def _numbered(meant: Meaning) -> UUID | None:
    """Who has this employee number, whether or not they are known."""
    return id_of("person", meant.employee_number) if meant.employee_number else None


def _fetch(work: Work, said: ProvisionedPerson) -> None:
    """Load in three queries what will be looked at one by one."""
    meant = meaning_of(said.user_name, said.attributes)
    people = [who for who in (said.person_id, _numbered(meant)) if who is not None]
    accounts = [*people, _as_id(meant.manager)]
    work.load_many(Account, [account_of(who) for who in accounts if who is not None])
    work.load_many(Claim, claims_of(said.user_name, said.external_id))
    work.load_many(Person, people)


def _let_in(person: Person, *, on: bool) -> Iterator[Fact]:
    return person.reactivate() if on else person.deactivate()


def _has_account(work: Work, person_id: UUID) -> bool:
    return work.load(Account, account_of(person_id)).is_open


def _as_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _must_be_open(work: Work, person_id: UUID, expected: int | None) -> None:
    stream = account_of(person_id)
    if not work.load(Account, stream).is_open:
        raise NotFound(what="account")
    if expected is not None and work.version(stream) != expected:
        raise VersionHasMoved(expected=expected, actual=work.version(stream))
