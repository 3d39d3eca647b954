"""Pages of users or groups: by the tables where they can answer, else one by one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from psycopg.rows import dict_row
from scim2_models import Resource, ResponseParameters, ScimFilter, SearchRequest
from scim2_server.storage import SearchPage

from services.directory.api.scim import groups, users
from services.directory.api.scim.filters import Beyond, Column, Columns, Condition, name_of
from services.directory.api.scim.provider import GROUP, USER
from shared.eventing.recorder import Pool


@dataclass(frozen=True)
class Sort:
    """One kind of resource in the tables: how it is read, found, ordered and shown."""

    table: str
    key: str
    first: str  # by which they stand when no order is asked for
    model: type[Resource[Any]]
    select: str
    columns: Columns
    shown: Callable[[Mapping[str, Any]], Resource[Any]]
    lean: str = ""  # how it is read without its members

    def selecting(self, asked: ResponseParameters[Any] | None) -> str:
        """How it is read for an answer that leaves out members, or does not."""
        if asked is None or not self.lean:
            return self.select
        out = {str(path).lower() for path in asked.excluded_attributes or ()}
        wanted = [str(path).lower() for path in asked.attributes or ()]
        unwanted = bool(wanted) and not any(path.startswith("members") for path in wanted)
        return self.lean if "members" in out or unwanted else self.select

    @property
    def alias(self) -> str:
        """How the select calls the table."""
        return self.table.rpartition(" ")[2]


USERS = Sort(
    table="account a",
    key="a.person_id",
    first="a.opened_at",
    model=USER,
    select=users.SELECT,
    shown=users.shown,
    columns=Columns(
        single={
            "id": Column("a.person_id", "id"),
            "username": Column("a.user_name_key", "key"),
            "externalid": Column("a.external_id", "text", optional=True),
            "active": Column("a.switched_on", "truth"),
            "meta.created": Column("date_trunc('milliseconds', a.opened_at)", "instant"),
            "meta.lastmodified": Column("date_trunc('milliseconds', lower(a.during))", "instant"),
        },
        lists={
            "emails": ("a.mail_keys @> to_jsonb({})", "key"),
            "groups": (
                "EXISTS (SELECT FROM group_member m WHERE m.member_id = a.person_id"
                " AND m.group_id = {} AND upper_inf(m.during))",
                "id",
            ),
        },
        keys="a.keys",
    ),
)
GROUPS = Sort(
    table="account_group g",
    key="g.group_id",
    first="g.formed_at",
    model=GROUP,
    select=groups.SELECT,
    lean=groups.WITHOUT_MEMBERS,
    shown=groups.shown,
    columns=Columns(
        single={
            "id": Column("g.group_id", "id"),
            "displayname": Column("g.name_key", "key"),
            "externalid": Column("g.external_id", "text", optional=True),
            "meta.created": Column("date_trunc('milliseconds', g.formed_at)", "instant"),
            "meta.lastmodified": Column("date_trunc('milliseconds', lower(g.during))", "instant"),
        },
        lists={
            "members": (
                "EXISTS (SELECT FROM group_member m WHERE m.group_id = g.group_id"
                " AND m.member_id = {} AND upper_inf(m.during))",
                "id",
            )
        },
    ),
)


class Search:
    """Searches one kind of resource."""

    def __init__(self, pool: Pool, sort: Sort, request: SearchRequest[Any]) -> None:
        self._pool, self._sort, self._request = pool, sort, request
        # bound to this one kind, where the request is about several
        wanted = cast("Any", ScimFilter)[sort.model]
        self._filter = None if request.filter is None else wanted(str(request.filter))

    def page(self) -> SearchPage:
        """The page asked for, and how many there are in all."""
        try:
            return self._of_tables()
        except Beyond:
            return self._one_by_one()

    def _of_tables(self) -> SearchPage:
        condition, params = "true", {}
        if self._filter is not None:
            worded = Condition(self._filter, self._sort.columns)
            condition, params = worded.sql(), worded.params
        which = f"upper_inf({self._sort.alias}.during) AND {condition}"
        page = {"limit": self._request.count, "offset": self._request.start_index_0 or 0}
        counted = self._rows(
            f"SELECT count(*) AS total FROM {self._sort.table} WHERE {which}", params
        )
        if self._request.count == 0:
            return SearchPage(counted[0]["total"], [])
        select, order = self._sort.selecting(self._request), self._order(params)
        rows = self._rows(
            f"{select} WHERE {which} ORDER BY {order}, {self._sort.key}"
            " LIMIT %(limit)s OFFSET %(offset)s",
            params | page,
        )
        return SearchPage(counted[0]["total"], [self._sort.shown(row) for row in rows])

    def _order(self, params: dict[str, Any]) -> str:
        if self._request.sort_by is None:
            return self._sort.first
        descending = self._request.sort_order == SearchRequest.SortOrder.descending
        return f"{self._by(params)} {'DESC' if descending else 'ASC'}"

    def _by(self, params: dict[str, Any]) -> str:
        assert self._request.sort_by is not None
        binding = self._request.sort_by.resolve(self._sort.model)
        name = name_of(binding)
        column = self._sort.columns.single.get(name)
        if column is not None:
            return f'{column.sql} COLLATE "C"' if column.kind in ("text", "key") else column.sql
        if binding is None or binding.target_type is not str or binding.is_multivalued:
            raise Beyond
        if not self._sort.columns.keys or binding.case_exact:
            raise Beyond
        params["sorted"] = name
        return f'({self._sort.columns.keys} ->> %(sorted)s) COLLATE "C"'

    def _one_by_one(self) -> SearchPage:
        """Look at every resource: for filters on attributes of many values, such as addresses."""
        rows = self._rows(
            f"{self._sort.select} WHERE upper_inf({self._sort.alias}.during)"
            f" ORDER BY {self._sort.first}, {self._sort.key}",
            {},
        )
        wanted = self._filter
        found = [one for one in map(self._sort.shown, rows) if wanted is None or wanted.match(one)]
        if self._request.sort_by is not None:
            _put_in_order(self._request, found)
        start = self._request.start_index_0 or 0
        stop = None if self._request.count is None else start + self._request.count
        return SearchPage(len(found), found[start:stop])

    def _rows(self, query: str, params: Mapping[str, Any]) -> list[dict[str, Any]]:
        with self._pool.connection() as connection:
            cursor = connection.cursor(row_factory=dict_row)
            return cursor.execute(cast("Any", query), params).fetchall()


def together(pool: Pool, sorts: Sequence[Sort], request: SearchRequest[Any]) -> SearchPage:
    """A page of several kinds: one kind after the other, or all of them in the order asked for."""
    start, left, total = request.start_index_0 or 0, request.count, 0
    found: list[Resource[Any]] = []
    for sort in sorts:
        paging = {"start_index": max(0, start - total) + 1, "count": left}
        if request.sort_by is not None:
            paging = {"start_index": 1, "count": None}
        page = Search(pool, sort, request.model_copy(update=paging)).page()
        total += page.total or 0
        found += page.resources
        left = None if left is None else max(0, left - len(page.resources))
    if request.sort_by is None:
        return SearchPage(total, found)
    _put_in_order(request, found)
    return SearchPage(
        total, found[start : None if request.count is None else start + request.count]
    )


def _put_in_order(request: SearchRequest[Any], found: list[Resource[Any]]) -> None:
    """By the value asked for; who has none stands last."""

    def rank(resource: Resource[Any]) -> tuple[bool, Any]:
        value = request.sort_value(resource)
        return value is None, "" if value is None else value

    found.sort(key=rank, reverse=request.sort_order == SearchRequest.SortOrder.descending)
