"""Databases and roles of the services, made by running the files of ``deploy/postgres``."""

import hashlib
import hmac
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import LiteralString, cast

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from services.host.deployed import deploy_file

SERVICES = ("directory", "goals", "metrics", "appraisal", "web")

Connection = psycopg.Connection[tuple[object, ...]]


@dataclass(frozen=True)
class Access:
    """How to reach one service's database: as its owner (migrations) and as the service itself."""

    owner: str
    runtime: str


def provision(admin: str, service: str, secret: str, prefix: str = "cairn_") -> Access:
    """Make the service's database and roles, or bring them up to date; doing it again is harmless.

    ``admin`` is a superuser's connection; passwords are derived from ``secret`` and the role's
    name, so that the same secret always gives the same connections.
    """
    database = f"{prefix}{service}"
    owner = f"{database}_owner"
    with psycopg.connect(admin, autocommit=True) as connection:
        words = {"service": database, "owner": owner}
        passwords = {
            "owner_password": _verifier(connection, owner, _password(secret, owner)),
            "runtime_password": _verifier(connection, database, _password(secret, database)),
        }
        run_file(connection, "postgres/2-roles.sql", words | passwords)
    with psycopg.connect(make_conninfo(admin, dbname=database), autocommit=True) as connection:
        run_file(connection, "postgres/3-database.sql", words)
    return access(admin, service, secret, prefix)


def access(admin: str, service: str, secret: str, prefix: str = "cairn_") -> Access:
    """How to reach a service's database that was provisioned with this secret."""
    database = f"{prefix}{service}"

    def as_role(role: str) -> str:
        return make_conninfo(admin, dbname=database, user=role, password=_password(secret, role))

    return Access(owner=as_role(f"{database}_owner"), runtime=as_role(database))


def close_doors(admin: str) -> None:
    """Keep every role out of the databases that nobody was given; for a server of our own."""
    with psycopg.connect(admin, autocommit=True) as connection:
        run_file(connection, "postgres/1-server.sql", {})


def run_file(connection: Connection, name: str, words: Mapping[str, str]) -> None:
    r"""Run a file of ``deploy/`` as psql would: ``:"name"``, ``:'value'``, ``;`` and ``\gexec``."""
    for statement, ending in _statements(deploy_file(name).read_text()):
        answer = connection.execute(_filled(statement, words))
        if ending == r"\gexec":
            for (command,) in answer.fetchall():
                connection.execute(sql.SQL(cast(LiteralString, command)))


def _statements(text: str) -> Iterator[tuple[str, str]]:
    bare = re.sub(r"^--.*$", "", text, flags=re.MULTILINE)
    for statement, ending in re.findall(r"(.+?)(;|\\gexec)\s*$", bare, re.DOTALL | re.MULTILINE):
        yield statement.strip(), ending


def _filled(statement: str, words: Mapping[str, str]) -> sql.Composed:
    """The statement with its variables quoted as identifiers or literals, as their quotes say."""
    parts = re.split(r""":(["'])(\w+)\1""", statement)
    composed: list[sql.Composable] = [sql.SQL(cast(LiteralString, parts[0]))]
    for quote, word, rest in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        value = words[word]
        composed.append(sql.Identifier(value) if quote == '"' else sql.Literal(value))
        composed.append(sql.SQL(cast(LiteralString, rest)))
    return sql.Composed(composed)


def _password(secret: str, role: str) -> str:
    return hmac.new(secret.encode(), role.encode(), hashlib.sha256).hexdigest()


def _verifier(connection: Connection, role: str, password: str) -> str:
    """The password as the server keeps it, so that the plain one appears in no log."""
    verifier = connection.pgconn.encrypt_password(
        password.encode(), role.encode(), b"scram-sha-256"
    )
    return verifier.decode()
