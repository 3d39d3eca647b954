"""The directory keeps every rule that scim2-server has for a storage, on PostgreSQL."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from scim2_models import ScimProvider, SearchRequest
from scim2_server.testing import ScimStorageContract

from services.directory.api.scim.known import OwnTables
from services.directory.api.scim.provider import PROVIDER
from services.directory.api.scim.storage import Doors, Resources
from services.directory.application.grouping import Grouping
from services.directory.application.provisioning import Provisioning
from shared.eventing.asking import Asked
from shared.http.service import Service
from shared.kernel.actors import service
from tests.support.house import running
from tests.support.postgres import Databases


class Storage(Resources):
    """As one request after another would use it: each has a request id of its own."""

    @property
    def _asked(self) -> Asked:
        return Asked(str(uuid4()), service("scim"))

    @_asked.setter
    def _asked(self, _asked: Asked) -> None: ...


@pytest.fixture(scope="module")
def kept(module_databases: Databases) -> Iterator[Storage]:
    with running(module_databases, "directory") as house:
        yield storage_of(house.services["directory"])


def storage_of(directory: Service) -> Storage:
    known = OwnTables(directory.pool, directory.followed)
    grouping = Grouping(directory.journal, known, {}, directory.clock)
    provisioning = Provisioning(
        directory.journal, known, grouping, directory.clock, "Asia/Shanghai"
    )
    doors = Doors(directory.pool, provisioning, grouping, known.arrived)
    return Storage(doors, Asked("", service("scim")))


class TestStorage(ScimStorageContract):
    @pytest.fixture
    def provider(self) -> ScimProvider:
        return PROVIDER

    @pytest.fixture
    def storage(self, kept: Storage) -> Any:
        for kind in PROVIDER.resource_types:
            model: Any = PROVIDER.model_for(kind)
            everything = SearchRequest[model](start_index=1)
            for one in kept.search([kind], everything).resources:
                kept.delete(kind, str(one.id))
        with PROVIDER:
            yield kept
