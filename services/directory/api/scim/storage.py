"""The directory as a store of SCIM resources: reads are its tables, writes its commands."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID, uuid4

from psycopg.rows import dict_row
from pydantic import ValidationError
from scim2_models import (
    InvalidValueException,
    NotFoundException,
    PreconditionFailedException,
    Resource,
    ResourceType,
    ResponseParameters,
    SCIMException,
    SearchRequest,
    UniquenessException,
)
from scim2_server.storage import ScimStorage, SearchPage

from services.directory.api.scim import groups, users
from services.directory.api.scim.filters import as_id
from services.directory.api.scim.meta import version_of
from services.directory.api.scim.searching import GROUPS, USERS, Search, Sort, together
from services.directory.application.grouping import Grouping
from services.directory.application.provisioning import Provisioning
from shared.eventing.asking import Answer, Asked
from shared.eventing.recorder import Pool
from shared.http.commanding import must_be_readable
from shared.kernel.refusals import Refused

SORTS: Mapping[str, Sort] = {"User": USERS, "Group": GROUPS}
AS_SCIM: Mapping[int, type[SCIMException]] = {
    404: NotFoundException,
    409: UniquenessException,
    412: PreconditionFailedException,
}
LATE = "recorded, and not shown yet: read it again in a moment"


class NotShownYet(SCIMException):
    """What was recorded is not in the tables yet; asking again later shows it."""

    status = 503


@dataclass(frozen=True)
class Doors:
    """What a storage needs of the directory; ``arrived`` waits until the tables show all that is
    recorded, or what one answer says was recorded.
    """

    pool: Pool
    provisioning: Provisioning
    grouping: Grouping
    arrived: Callable[[Answer | None], bool]


@contextmanager
def in_scims_words() -> Iterator[None]:
    """What the directory refuses is refused as SCIM would say it."""
    try:
        yield
    except Refused as refused:
        kind = AS_SCIM.get(refused.status, InvalidValueException)
        raise kind(detail=refused.sentence) from refused
    except ValidationError as error:
        raise InvalidValueException(detail=str(error.errors()[0]["msg"])) from error


class Resources(ScimStorage):
    """Serves one request; ``asked`` says who asks, and under which request id."""

    def __init__(self, doors: Doors, asked: Asked) -> None:
        self._doors, self._asked = doors, asked

    def get(
        self,
        resource_type: ResourceType,
        resource_id: str,
        *,
        response_parameters: ResponseParameters[Any] | None = None,
    ) -> Resource[Any]:
        """One resource, as the tables show it once they have arrived."""
        self._doors.arrived(None)
        return self._shown(resource_type, as_id(resource_id), response_parameters)

    def search(
        self,
        resource_types: list[ResourceType],
        search_request: SearchRequest[Any],
        *,
        position: Any = None,  # noqa: ARG002 - for cursors, which are not announced
    ) -> SearchPage:
        """One page of users, of groups, or of both."""
        self._doors.arrived(None)
        sorts = [SORTS[str(one.name)] for one in resource_types]
        if len(sorts) == 1:
            return Search(self._doors.pool, sorts[0], search_request).page()
        return together(self._doors.pool, sorts, search_request)

    @in_scims_words()
    def create(self, resource_type: ResourceType, resource: Resource[Any]) -> Resource[Any]:
        """A new person with an account, or a new group."""
        must_be_readable(resource.model_dump())
        if resource_type.name == "User":
            answer = self._doors.provisioning.bring(
                self._asked, users.said(resource, uuid4(), new=True)
            )
            return self._seen(resource_type, answer, UUID(answer.more["person_id"]))
        answer = self._doors.grouping.form(self._asked, groups.said(resource, uuid4()))
        return self._seen(resource_type, answer, UUID(answer.more["group_id"]))

    @in_scims_words()
    def update(
        self,
        resource_type: ResourceType,
        resource: Resource[Any],
        *,
        expected_version: str | None = None,
    ) -> Resource[Any]:
        """The person or group as it stands after this."""
        must_be_readable(resource.model_dump())
        which, expected = as_id(cast("str", resource.id)), version_of(expected_version)
        if resource_type.name == "User":
            person = users.said(resource, which)
            answer = self._doors.provisioning.change(self._asked, person, expected)
        else:
            group = groups.said(resource, which)
            answer = self._doors.grouping.change(self._asked, group, expected)
        return self._seen(resource_type, answer, which)

    @in_scims_words()
    def delete(
        self,
        resource_type: ResourceType,
        resource_id: str,
        *,
        expected_version: str | None = None,
    ) -> None:
        """The account is closed and the person deactivated, or the group dissolved."""
        which, expected = as_id(resource_id), version_of(expected_version)
        if resource_type.name == "User":
            self._doors.provisioning.take_away(self._asked, which, expected)
        else:
            self._doors.grouping.dissolve(self._asked, which, expected)

    def _seen(self, resource_type: ResourceType, answer: Answer, which: UUID) -> Resource[Any]:
        if not self._doors.arrived(answer):
            raise NotShownYet(detail=LATE)
        return self._shown(resource_type, which)

    def _shown(
        self,
        resource_type: ResourceType,
        which: UUID,
        asked: ResponseParameters[Any] | None = None,
    ) -> Resource[Any]:
        sort = SORTS[str(resource_type.name)]
        query = f"{sort.selecting(asked)} WHERE {sort.key} = %s AND upper_inf({sort.alias}.during)"
        with self._doors.pool.connection() as connection:
            cursor = connection.cursor(row_factory=dict_row)
            row = cursor.execute(cast("Any", query), (which,)).fetchone()
        if row is None:
            raise NotFoundException(detail=f"There is no {resource_type.name} {which}")
        return sort.shown(row)
