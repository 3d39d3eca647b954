"""Services as they are wired, without a database: for looking at their routes."""

from collections.abc import Iterable
from functools import cache
from importlib import import_module

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from pydantic import SecretStr

from shared.eventing.master_key import draw_master_key
from shared.http.service import Service
from shared.http.settings import PublicKey, ServiceSettings
from shared.http.tokens import new_key_pair


@cache
def wired(name: str) -> Service:
    """The service, never opened."""
    pair = new_key_pair()
    settings = ServiceSettings(
        database_url=SecretStr("postgresql://nobody@localhost/nothing"),
        keyring={name: PublicKey(identity=name, public=pair.public)},
        key_id=name,
        private_key=SecretStr(pair.private),
        master_key=SecretStr(draw_master_key()),
    )
    service: Service = import_module(f"services.{name}.wiring").make(settings)
    return service


def routes_of(app: FastAPI) -> set[str]:
    """Every ``METHOD /path`` that an app answers; HEAD goes with GET."""
    found: Iterable[tuple[str, str]] = (
        (method, str(route.path))
        for route in iter_route_contexts(app.routes)
        for method in route.methods or ()
    )
    return {f"{method} {path}" for method, path in found if method != "HEAD"}
