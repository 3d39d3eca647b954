"""What the pages keep about a person goes with the person, and nobody else's."""

from uuid import uuid4

import psycopg

from services.host.forgetting import OF_THE_PAGES
from services.web.wiring import bring_up_to_date
from tests.support.postgres import Databases

KEPT = """
INSERT INTO web.sessions (token_hash, person_id, begun_at, ends_at, used_at)
VALUES (sha256(%(who)s::text::bytea), %(who)s, now(), now(), now());
INSERT INTO web.local_accounts (name, person_id, password_hash, made_at, password_set_at)
VALUES (%(name)s, %(who)s, '$argon2id$x', now(), now());
INSERT INTO web.access_tokens (token_hash, person_id, name, scopes, made_at, expires_at)
VALUES (sha256(%(who)s::text::bytea), %(who)s, 'Report', '{goals}', now(), now())
"""


def test_sessions_accounts_and_tokens_of_the_forgotten_are_dropped(databases: Databases) -> None:
    access, li, wang = databases("web"), uuid4(), uuid4()
    bring_up_to_date(access.owner)
    with psycopg.connect(access.owner, autocommit=True) as connection:
        for name, who in (("li", li), ("wang", wang)):
            for statement in KEPT.split(";"):
                connection.execute(statement, {"who": who, "name": name})  # type: ignore[call-overload]
    with psycopg.connect(access.runtime, autocommit=True) as connection:
        row = connection.execute("SELECT web.forget_person(%s)", (li,)).fetchone()
        assert row == (3,)
        for query in OF_THE_PAGES.values():
            assert connection.execute(query, (li,)).fetchone() == (0,)  # type: ignore[call-overload]
            assert connection.execute(query, (wang,)).fetchone() == (1,)  # type: ignore[call-overload]
