"""The entries of a KPI ledger."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from services.metrics.domain.entries import Entries
from services.metrics.domain.errors import EntryIsUnknown
from services.metrics.domain.figure import Figure, Said

A, B, CORRECTION = uuid4(), uuid4(), uuid4()


def said(value: int) -> Said:
    return Said(value=Decimal(value), period="2026-08-13", observed_on=date(2026, 8, 13))


def figure(value: int, external_id: str | None = None) -> Figure:
    return Figure(said=said(value), origin="system", source="erp", external_id=external_id)


ONE = Entries().measured(A, said(5), "erp", "INV-1")


def test_an_entry_is_found_by_its_id_or_by_its_sources_name_for_it() -> None:
    assert ONE.named(A).said == said(5)
    assert ONE.known_as(A, figure(1)) == A
    assert ONE.known_as(B, figure(1, "INV-1")) == A
    assert ONE.known_as(B, figure(1, "INV-2")) is None
    assert ONE.known_as(B, figure(5)) is None


def test_an_unknown_entry_is_refused() -> None:
    with pytest.raises(EntryIsUnknown):
        ONE.named(B)


def test_what_stands_is_what_was_said_last() -> None:
    assert ONE.stands_already(figure(5))
    assert not ONE.stands_already(figure(6))
    assert not ONE.measured(B, said(6), "erp", None).stands_already(figure(5))
    assert not ONE.withdrawn(A).stands_already(figure(5))
    assert not Entries().stands_already(figure(5))


def test_a_correction_keeps_what_was_said_before() -> None:
    put_right = ONE.corrected(A, CORRECTION, said(7))
    assert put_right.named(A).said == said(7)
    assert put_right.named(A).history == (said(5), said(7))
    assert CORRECTION in put_right.corrections


def test_what_names_no_entry_leaves_the_entries_alone() -> None:
    assert ONE.withdrawn(B) is ONE
    assert ONE.corrected(B, CORRECTION, said(7)).by_id is ONE.by_id
