"""A service put together: its log, tables, followers and HTTP side, from what its wiring names."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from zoneinfo import ZoneInfo

import psycopg
from fastapi import APIRouter, FastAPI
from psycopg.conninfo import make_conninfo
from psycopg_pool import ConnectionPool

from shared.access.access import Access
from shared.access.organisation import Organisation
from shared.access.rules import Policy
from shared.contracts.records import Contract
from shared.eventing import families as tables
from shared.eventing.erasing import Erasing, Forgetful, holding_personal
from shared.eventing.families import Family
from shared.eventing.feeds import FeedReader, Neighbour, OwnLog, PageSource, Source
from shared.eventing.followers import Follower
from shared.eventing.journal import Journal
from shared.eventing.leading import Following, Step
from shared.eventing.listening import Listener
from shared.eventing.log_clock import LogClock
from shared.eventing.migrations import LOG_MIGRATIONS, migrate
from shared.eventing.rebuild import needed, rebuild
from shared.eventing.recorder import PostgresRecorder
from shared.eventing.seen import Followed
from shared.eventing.subject_keys import SubjectKeys
from shared.eventing.translation import Translation
from shared.eventing.vault import Vault
from shared.eventing.verification import Finding, verify_log, verify_tables
from shared.http import health
from shared.http.authorising import PolicyRights, ThingsOf, about_nothing
from shared.http.documenting import document_problems
from shared.http.feed_client import PullSource
from shared.http.feeds import feed_routes
from shared.http.guarded import guard_service
from shared.http.personal import personal_routes
from shared.http.problems import add_problem_documents
from shared.http.reading import Reads
from shared.http.security_log import SecurityLog
from shared.http.security_log_keeping import forget_old_lines, verify_security_log
from shared.http.security_log_routes import security_log_routes
from shared.http.sentences import SHARED_LOCALES, Sentences
from shared.http.settings import ServiceSettings
from shared.http.signing import Signing

# Who says that a person is forgotten, and how: known to every service that keeps a log.
FORGETTING, FORGOTTEN = "organisation", "cairn.directory.person.forgotten.v1"
SHARED_MIGRATIONS = Path(__file__).parent / "migrations"


@dataclass(frozen=True)
class Plan:
    """What a service's wiring names: its words, tables, readers and routes.

    ``readers`` says which services may follow each own feed; ``routers`` makes the HTTP side once
    journal and clock stand; ``steps`` are done beside the followers, by one process at a time.
    """

    name: str
    summary: str
    root: Path
    translation: Translation
    families: Sequence[Family]
    readers: Mapping[str, frozenset[str]]
    routers: Callable[["Service"], Sequence[APIRouter]]
    refused_identities: frozenset[str] = field(default_factory=frozenset)
    policy: Policy | None = None
    organisation: Organisation | None = None
    things: ThingsOf = about_nothing
    steps: Callable[["Service"], Sequence[Step]] = lambda _: ()


class Service:
    """One service in this process; the same parts serve as API, follower, relay and migration."""

    def __init__(self, plan: Plan, settings: ServiceSettings) -> None:
        self.plan, self.settings, self.name = plan, settings, plan.name
        self.zone = ZoneInfo(settings.time_zone)
        self.conninfo = self._with_search_path(settings.database_url.get_secret_value())
        self.pool = ConnectionPool(
            self.conninfo,
            min_size=1,
            max_size=settings.most_connections,
            kwargs={"autocommit": True},
            open=False,
        )
        self.listener = Listener(self.conninfo, ("facts", "followed", "forgotten"))
        self.subject_keys = SubjectKeys(self.pool, settings.masters())
        self.vault = Vault(self.subject_keys)
        self.reader = FeedReader(self.pool, plan.translation, self.vault)
        self.recorder = PostgresRecorder(self.pool, self.conninfo)
        self.clock = LogClock(self.pool, settings.time_zone)
        self.access = self._access()
        self.journal = Journal(self.recorder, plan.translation.feed_of, self.vault, self._rights())
        self.followed = Followed(self.pool, plan.families, self.listener)
        self.following: Following | None = None
        self.signing = Signing(self.name, settings, plan.refused_identities)
        self.security_log = SecurityLog(self.pool)
        self.app = self._app()

    def open(self) -> None:
        """Connect, and hear what is recorded."""
        self.pool.open(wait=True, timeout=30)
        self.listener.on("forgotten", Forgetful(self.pool, self._drop_memory).hear)
        self.listener.start()
        self.security_log.start()

    def close(self) -> None:
        """Finish what is under way and let everything go."""
        if self.following is not None:
            self.following.stop()
        self.journal.close()
        self.security_log.stop()
        self.listener.stop()
        self.pool.close()

    def follow(self) -> Following:
        """Begin to follow all feeds in the background, rebuilding tables of an older shape
        first.
        """
        erasing = self.erasing()
        followers = [
            Follower(self.pool, family, self._heard_by(erasing, family))
            for family in self.plan.families
        ]
        for follower in followers:
            if needed(self.pool, follower.family):
                rebuild(self.pool, follower.family, self.source(follower.family, pull=True))
            follower.retry_parked()
        steps: list[Step] = [*followers, erasing, *self.plan.steps(self)]
        self.following = Following(self.conninfo, steps, self._tidy)
        self.following.start()
        return self.following

    def erasing(self) -> Erasing:
        """What forgets people here when the directory says so."""
        return Erasing(
            self.pool,
            self._source(FORGETTING, {}, pull=True),
            FORGOTTEN,
            self._replay_personal,
            self._drop_memory,
        )

    def _tidy(self) -> None:
        self.recorder.forget_old_requests()
        forget_old_lines(self.pool, self.settings.security_log_days)

    def _heard_by(self, erasing: Erasing, family: Family) -> Source:
        source = self.source(family)
        return erasing.overheard(source) if family.feed == FORGETTING else source

    def _replay_personal(self) -> None:
        for family in holding_personal(self.plan.families, self.plan.translation):
            self.rebuild(family)

    def _drop_memory(self) -> None:
        self.subject_keys.drop()
        self.journal.drop()

    def take_keys(self, settings: ServiceSettings) -> None:
        """Sign, believe and wrap by the keys of these settings from now on; of the settings nothing
        else is taken.
        """
        self.subject_keys.take(settings.masters())
        self.settings = settings
        self.signing.take(settings)
        self.app.state.verifier = self.signing.verifier

    def relay(self, stopping: Event) -> None:
        """Carry the own feeds to Kafka until stopped."""
        from shared.eventing.kafka_relay import run_relay

        feeds = self.plan.translation.feeds
        run_relay(self.name, feeds, self.reader, self.conninfo, stopping, listener=self.listener)

    def migrate(self) -> int:
        """Bring log and tables up to date; needs the owner's connection for the log."""
        owner = self.settings.owner_database_url
        if owner is None:
            raise RuntimeError(f"CAIRN_{self.name.upper()}_OWNER_DATABASE_URL is not set")
        role = psycopg.conninfo.conninfo_to_dict(self.conninfo).get("user")
        shared = [("log", LOG_MIGRATIONS), ("http", SHARED_MIGRATIONS)]
        own = (self.name, self.plan.root / "migrations")
        applied = migrate(owner.get_secret_value(), [*shared, own], str(role) if role else None)
        with psycopg.connect(self.conninfo, autocommit=True) as connection:
            for family in self.plan.families:
                tables.create(connection, family)
        return applied

    def rebuild(self, family: Family, told: Callable[[int, int], None] | None = None) -> int:
        """Replay a family's feed into new tables and swap them in."""
        return rebuild(self.pool, family, self.source(family, pull=True), told)

    def verify(self) -> Iterator[Finding]:
        """Whether the log is whole, and every table equals its replay."""
        yield from verify_log(self.pool)
        yield from verify_security_log(self.pool)
        for family in self.plan.families:
            yield from verify_tables(self.pool, family, self.source(family, pull=True))

    def source(self, family: Family, *, pull: bool = False) -> Source:
        """Where a family gets its feed from: the own log, or a neighbour by the chosen
        transport.
        """
        return self._source(family.feed, family.contracts, family.name, pull=pull)

    def _source(
        self, feed: str, contracts: Mapping[str, type[Contract]], name: str = "", *, pull: bool
    ) -> Source:
        if feed in self.plan.translation.feeds:
            return OwnLog(self.reader, feed, self.listener)
        pulled: PageSource = PullSource(self.settings.feeds[feed], feed, self._feed_token(feed))
        if self.settings.transport == "kafka" and not pull:
            from shared.eventing.kafka_connection import KafkaSettings
            from shared.eventing.kafka_tail import KafkaSource

            pulled = KafkaSource(KafkaSettings(), feed, f"{self.name}-{name}", pulled)
        return Neighbour(pulled, contracts)

    def _feed_token(self, feed: str) -> Callable[[], str]:
        return lambda: self.signing.token_for(OWNERS[feed])

    def _access(self) -> Access | None:
        if self.plan.policy is None or self.plan.organisation is None:
            return None
        return Access(self.plan.policy, self.plan.organisation, self.pool, self.clock.today)

    def _rights(self) -> PolicyRights | None:
        if self.access is None:
            return None
        return PolicyRights(self.access, self.plan.things, self.clock.today)

    def _with_search_path(self, conninfo: str) -> str:
        path = ",".join(family.name for family in self.plan.families)
        return make_conninfo(conninfo, options=f"-c search_path={path},public -c timezone=UTC")

    def _app(self) -> FastAPI:
        app = FastAPI(
            title=f"Cairn {self.name}",
            description=self.plan.summary,
            version="1",
            docs_url=None,  # its page would fetch scripts from elsewhere
            redoc_url=None,
        )
        locales = [SHARED_LOCALES, self.plan.root / "locales"]
        app.state.verifier = self.signing.verifier
        app.state.access = self.access
        app.state.families = self.plan.families
        app.state.reads = Reads(
            self.pool,
            self.followed,
            self.clock,
            self.zone,
            Sentences(locales, "stories"),
            self.clock.rehearsed,
            self.vault,
        )
        app.state.sentences = Sentences(locales, "refusals")
        app.state.security_log = self.security_log
        add_problem_documents(app, app.state.sentences)
        routers = self.plan.routers(self)
        for router in routers:
            app.include_router(router)
        guard_service(app, self.settings.limits, app.state.sentences, routers, self.settings.https)
        app.include_router(feed_routes(self.reader, self.plan.readers, self.listener))
        app.include_router(security_log_routes(self.pool))
        holding = holding_personal(self.plan.families, self.plan.translation)
        app.include_router(personal_routes(self.pool, holding))
        app.include_router(health.router)
        document_problems(app)
        return app


OWNERS = {
    "organisation": "directory",
    "accounts": "directory",
    "objectives": "goals",
    "measurements": "metrics",
    "kpis": "metrics",
    "appraisals": "appraisal",
}
