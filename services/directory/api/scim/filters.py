"""Filters of SCIM (RFC 7644, 3.4.2.2) as conditions in SQL, where the tables can answer them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from scim2_models.path import (
    AttributeBinding,
    AttrPath,
    CompareOperator,
    Comparison,
    FilterVisitor,
    LogicalExpr,
    LogicalOperator,
    Not,
    Present,
    ScimFilter,
    ValuePath,
    coerce_value,
)

from shared.kernel.names import folded

CORE = "urn:ietf:params:scim:schemas:core:2.0:"
ORDER = {
    CompareOperator.gt: ">",
    CompareOperator.ge: ">=",
    CompareOperator.lt: "<",
    CompareOperator.le: "<=",
}
Kind = Literal["text", "key", "truth", "instant", "id"]


class Beyond(Exception):
    """The tables alone cannot answer this; the resources have to be looked at one by one."""


@dataclass(frozen=True)
class Column:
    """An attribute with a column of its own: text as it is or as it is compared (``key``), a truth,
    an instant or an id; ``optional`` when it can be empty.
    """

    sql: str
    kind: Kind
    optional: bool = False


@dataclass(frozen=True)
class Columns:
    """What the tables know of one kind of resource.

    ``single`` maps attributes, in small letters, to columns; ``lists`` maps attributes of many
    values to the condition that one of them is ``{}``; ``keys`` is a column of all other texts by
    attribute, as they are compared.
    """

    single: Mapping[str, Column]
    lists: Mapping[str, tuple[str, Kind]]
    keys: str = ""


def name_of(binding: AttributeBinding | None) -> str:
    """An attribute as the tables name it: in small letters, without the core schema's URN."""
    if binding is None:
        raise Beyond
    urn = binding.urn.lower()
    if urn.startswith(CORE):
        return urn.removeprefix(CORE).partition(":")[2]
    return urn


@dataclass
class Condition(FilterVisitor[str]):
    """Words a filter as SQL, with the values in ``params``; refused as Beyond."""

    asked: ScimFilter[Any]
    columns: Columns
    params: dict[str, Any] = field(default_factory=dict)

    def sql(self) -> str:
        """The whole filter."""
        return self.visit(self.asked.ast)

    def visit_logical_expr(self, node: LogicalExpr) -> str:
        """Conditions joined by ``and`` or ``or``."""
        word = " AND " if node.op == LogicalOperator.and_ else " OR "
        return "(" + word.join(self.visit(term) for term in node.terms) + ")"

    def visit_not(self, node: Not) -> str:
        """The opposite; every condition is true or false, never unknown."""
        return f"NOT {self.visit(node.expr)}"

    def visit_present(self, node: Present) -> str:
        """Whether an attribute has a value."""
        column = self.columns.single.get(name_of(self.asked.resolve(node.attr_path, strict=False)))
        if column is None:
            raise Beyond
        return f"({column.sql} IS NOT NULL)" if column.optional else "true"

    def visit_value_path(self, node: ValuePath) -> str:
        """A choice among many values: by the value itself only, as in ``members[value eq …]``."""
        inner = node.val_filter
        if not isinstance(inner, Comparison) or inner.attr_path != AttrPath("value"):
            raise Beyond
        return self._of_list(name_of(self.asked.resolve(node.attr_path, strict=False)), inner)

    def visit_comparison(self, node: Comparison) -> str:
        """An attribute compared with a value."""
        if node.value is None:
            raise Beyond
        binding = self.asked.resolve_comparison(node.attr_path, strict=False)
        name = name_of(binding)
        assert binding is not None
        if name in self.columns.single:
            return self._of_column(self.columns.single[name], binding, node)
        if name.removesuffix(".value") in self.columns.lists:
            return self._of_list(name.removesuffix(".value"), node)
        return self._of_keys(name, binding, node)

    def _of_column(self, column: Column, binding: AttributeBinding, node: Comparison) -> str:
        value = self._param(_compared(column.kind, coerce_value(binding, node.value, node.op)))
        if node.op is CompareOperator.eq:
            # bare, so that an index answers it
            there = f" AND {column.sql} IS NOT NULL" if column.optional else ""
            return f"({column.sql} = {value}{there})"
        if node.op is CompareOperator.ne:
            return f"({column.sql} IS DISTINCT FROM {value})"
        if column.kind in ("text", "key"):
            return _within(column.sql, node.op, value)
        if column.kind == "instant" and node.op in ORDER:
            return f"({column.sql} {ORDER[node.op]} {value})"
        raise Beyond

    def _of_list(self, name: str, node: Comparison) -> str:
        if name not in self.columns.lists or node.op is not CompareOperator.eq:
            raise Beyond
        condition, kind = self.columns.lists[name]
        return "(" + condition.format(self._param(_compared(kind, node.value))) + ")"

    def _of_keys(self, name: str, binding: AttributeBinding, node: Comparison) -> str:
        plain = binding.target_type is str and not (binding.is_multivalued or binding.case_exact)
        if not (self.columns.keys and plain) or node.op is CompareOperator.ne:
            raise Beyond
        value = _compared("key", node.value)
        if node.op is CompareOperator.eq:
            pair = f"{self._param(name)}, {self._param(value)}"
            return f"({self.columns.keys} @> jsonb_build_object({pair}))"
        return _within(
            f"({self.columns.keys} ->> {self._param(name)})", node.op, self._param(value)
        )

    def _param(self, value: Any) -> str:
        name = f"f{len(self.params)}"
        self.params[name] = value
        return f"%({name})s::text" if isinstance(value, str) else f"%({name})s"


def _within(column: str, op: CompareOperator, value: str) -> str:
    """Texts compared by order of their letters, or by what they contain."""
    if op in ORDER:
        return f'coalesce({column} COLLATE "C" {ORDER[op]} {value}, false)'
    ways = {
        CompareOperator.co: f"strpos({column}, {value}) > 0",
        CompareOperator.sw: f"starts_with({column}, {value})",
        CompareOperator.ew: f"right({column}, length({value})) = {value}",
    }
    return f"coalesce({ways[op]}, false)"


def _compared(kind: Kind, value: Any) -> Any:
    """A value as the column keeps it; refused as Beyond when it is of another kind."""
    if kind == "truth" and isinstance(value, bool):
        return value
    if kind == "instant" and isinstance(value, datetime):
        return value
    if not isinstance(value, str) or kind in ("truth", "instant"):
        raise Beyond
    if kind == "id":
        return as_id(value)
    return folded(value) if kind == "key" else value


def as_id(value: str) -> UUID:
    """An id given here, or one that nothing has."""
    try:
        return UUID(value)
    except ValueError:
        return UUID(int=0)
