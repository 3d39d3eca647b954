"""The only place where the web's parts meet."""

from collections.abc import Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

import httpx2
from psycopg_pool import ConnectionPool
from pydantic import SecretStr

from services.web.clients.appraisal import AppraisalClient
from services.web.clients.asking import Acting, Neighbour
from services.web.clients.directory import DirectoryClient
from services.web.clients.goals import GoalsClient
from services.web.clients.metrics import MetricsClient
from services.web.clients.organisation import OrganisationClient
from services.web.clients.security import SecurityClient
from services.web.pages.app import application
from services.web.pages.assets import Assets
from services.web.pages.company.attempts import Attempts
from services.web.pages.company.company_door import CompanyDoor
from services.web.pages.company.id_tokens import IdTokens
from services.web.pages.company.provider import Provider
from services.web.pages.credentials.access_tokens import (
    MOST_DAYS,
    USUAL_DAYS,
    AccessTokens,
    Right,
    rights_of,
)
from services.web.pages.credentials.guessing import Guessing
from services.web.pages.credentials.local_accounts import LocalAccounts
from services.web.pages.credentials.password_door import PasswordDoor
from services.web.pages.credentials.passwords import Passwords
from services.web.pages.credentials.refusals import OwnRefusals
from services.web.pages.credentials.retention import Retention, verify_logs
from services.web.pages.credentials.rows import Rows
from services.web.pages.credentials.sign_ins import Origin, Outcome, StoredSignIns
from services.web.pages.rendering import Rendering
from services.web.pages.sessions import StoredSessions
from services.web.pages.site import Site
from services.web.pages.span import KnownCycles
from services.web.settings import WebSettings
from shared.eventing.migrations import migrate
from shared.eventing.verification import Finding
from shared.http.outside import outside_client
from shared.http.security_log import SecurityLog
from shared.http.security_log_keeping import MIGRATIONS as SHARED_MIGRATIONS
from shared.http.tokens import Minter
from shared.kernel.actors import person, standing_in
from shared.kernel.clock import SystemClock

__all__ = ["MOST_DAYS", "USUAL_DAYS", "Credentials", "Web", "credentials", "make", "rights_of"]

MIGRATIONS = Path(__file__).parent / "migrations"
PATIENCE = httpx2.Timeout(10, connect=3)


class HasDoors(Protocol):
    """How to reach a database: as its owner, and as the service itself."""

    @property
    def owner(self) -> str:
        """The owner's connection, for migrations."""
        ...

    @property
    def runtime(self) -> str:
        """The service's own connection."""
        ...


class Web:
    """The pages in this process; opened before they answer, closed afterwards."""

    def __init__(self, settings: WebSettings) -> None:
        self.settings = settings
        self.pool = ConnectionPool(
            settings.database_url.get_secret_value(),
            min_size=1,
            max_size=8,
            kwargs={"autocommit": True},
            open=False,
        )
        self._http = httpx2.AsyncClient(timeout=PATIENCE, trust_env=False)
        self._outside, self._inside = outside_client(), outside_client(internal=True)
        self._minter = Minter(
            settings.key_id, settings.private_key.get_secret_value(), settings.public_key
        )
        self.security_log = SecurityLog(self.pool)
        self._retention = Retention(self.pool, settings.security_log_days)
        self.app = application(
            self._site(),
            https=settings.https,
            life=self._life,
            limits=settings.limits,
            security_log=self.security_log,
        )

    def migrate(self) -> int:
        """Bring the table of sessions up to date, where the owner's connection was given."""
        owner = self.settings.owner_database_url
        if owner is None:
            return 0
        return bring_up_to_date(owner.get_secret_value())

    def open(self) -> None:
        """Migrate and connect."""
        self.migrate()
        self.pool.open(wait=True, timeout=30)
        self.security_log.start()
        self._retention.start()

    def close(self) -> None:
        """Write what waits, and let the connections go."""
        self._retention.stop()
        self.security_log.stop()
        self.pool.close()

    def verify(self) -> list[Finding]:
        """Whether web's own logs are kept as they should be."""
        return list(verify_logs(self.pool))

    def take_key(self, key_id: str, private: str, public: str) -> None:
        """Sign with this key from now on."""
        self._minter = Minter(key_id, private, public)

    @asynccontextmanager
    async def _life(self) -> Any:
        yield
        await self._http.aclose()
        await self._outside.aclose()
        await self._inside.aclose()

    def _mint(self, audience: str, who: UUID | None, acting: Acting | None = None) -> str:
        if who is None:
            return self._minter.mint_own("web", audience)
        actor = standing_in(who, acting.giver, acting.delegation) if acting else person(who)
        return self._minter.mint(actor, audience)

    def _mint_scoped(self, audience: str, who: UUID, right: Right) -> str:
        return self._minter.mint(person(who), audience, right)

    def _neighbour(self, name: str) -> Neighbour:
        return Neighbour(name, self._http, self._mint, self.settings.services.get(name, ""))

    def _company(self, provider: Provider) -> CompanyDoor:
        return CompanyDoor(provider, self._inside if provider.internal else self._outside)

    def _sessions(self, rows: Rows) -> StoredSessions:
        settings = self.settings
        lasting = timedelta(hours=settings.session_hours)
        return StoredSessions(rows, lasting, timedelta(minutes=settings.session_idle_minutes))

    def _site(self) -> Site:
        settings, rows = self.settings, Rows(self.pool)
        goals = GoalsClient(self._neighbour("goals"))
        return Site(
            sessions=self._sessions(rows),
            sign_ins=StoredSignIns(rows),
            passwords=password_door(rows, settings.private_key),
            companies={one.name: self._company(one) for one in settings.providers},
            attempts=Attempts(rows),
            key=key_of_names(settings.private_key),
            tokens=AccessTokens(rows),
            mint=self._mint_scoped,
            audiences=tuple(sorted(settings.services)),
            public_url=settings.public_url,
            rendering=Rendering(Assets(), settings.time_zone),
            clock=SystemClock(settings.time_zone),
            time_zone=settings.time_zone,
            directory=DirectoryClient(self._neighbour("directory")),
            organisation=OrganisationClient(self._neighbour("directory")),
            goals=goals,
            cycles=KnownCycles(goals),
            metrics=MetricsClient(self._neighbour("metrics")),
            appraisal=AppraisalClient(self._neighbour("appraisal")),
            security=SecurityClient([self._neighbour(name) for name in sorted(settings.services)]),
            refusals=OwnRefusals(rows),
            id_tokens=IdTokens(rows),
            development_login=settings.development_login,
            secure_cookies=settings.https,
        )


def bring_up_to_date(owner: str) -> int:
    """Apply what is new of the web's migrations, as the owner of its tables."""
    return migrate(owner, [("http", SHARED_MIGRATIONS), ("web", MIGRATIONS)], None)


def verify(access: HasDoors) -> list[Finding]:
    """Whether web's own logs are kept as they should be."""
    if access.owner:
        bring_up_to_date(access.owner)
    with ConnectionPool(access.runtime, min_size=1, max_size=1) as pool:
        return list(verify_logs(pool))


def password_door(rows: Rows, private_key: SecretStr) -> PasswordDoor:
    """The accounts with a password, over these tables; tried names are hashed with the key."""
    return PasswordDoor(
        LocalAccounts(rows),
        Passwords(),
        Guessing(rows),
        StoredSignIns(rows),
        key_of_names(private_key),
    )


def key_of_names(private_key: SecretStr) -> str:
    """With what tried names are hashed: a secret of the installation, and for nothing else."""
    return f"tried names {private_key.get_secret_value()}"


@dataclass(frozen=True)
class Credentials:
    """What the command line sees to: who may come in, and what is noted of it."""

    passwords: PasswordDoor
    sessions: StoredSessions
    tokens: AccessTokens
    sign_ins: StoredSignIns

    async def note(self, at: datetime, outcome: Outcome, who: UUID) -> None:
        """Note what was done for somebody at the command line."""
        await self.sign_ins.note(at, "command", outcome, Origin(), who)


@contextmanager
def credentials(access: HasDoors, private_key: str) -> Iterator[Credentials]:
    """The credentials in this database, beside whatever web runs on it; its tables are brought up
    to date where the owner's connection is known.
    """
    if access.owner:
        bring_up_to_date(access.owner)
    with ConnectionPool(
        access.runtime, min_size=1, max_size=2, kwargs={"autocommit": True}, open=True
    ) as pool:
        rows = Rows(pool)
        sessions = StoredSessions(rows, timedelta(hours=24), timedelta(hours=8))
        door = password_door(rows, SecretStr(private_key))
        yield Credentials(door, sessions, AccessTokens(rows), StoredSignIns(rows))


def make(
    access: HasDoors,
    services: Mapping[str, str],
    key_id: str,
    private_key: str,
    public_key: str,
    time_zone: str = "Asia/Shanghai",
    **options: Any,
) -> Web:
    """The web in one process with the services; ``options`` are further settings by name."""
    return Web(
        WebSettings(
            database_url=SecretStr(access.runtime),
            owner_database_url=SecretStr(access.owner),
            services=dict(services),
            key_id=key_id,
            private_key=SecretStr(private_key),
            public_key=public_key,
            time_zone=time_zone,
            **options,
        )
    )
