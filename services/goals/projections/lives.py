"""Rows of objectives and their key results, from suggestion to the end."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from shared.contracts import objectives as told
from shared.contracts.objective_terms import AlignmentLink, KeyResultTerms
from shared.contracts.records import Contract
from shared.eventing.feeds import Known
from shared.eventing.tables import Tables, Timed

ITSELF = UUID(int=0)

OBJECTIVES = Timed(
    "objectives",
    ("objective_id",),
    (
        "version",
        "cycle_id",
        "stage",
        "terms",
        "published_on",
        "late",
        "ended_on",
        "ended_late",
        "ended_reason",
        "ended_category",
        "closing",
        "carried_into",
        "post_mortem",
    ),
)
KEY_RESULTS = Timed(
    "key_results",
    ("key_result_id",),
    (
        "objective_id",
        "number",
        "original",
        "joined_on",
        "added_later",
        "dropped_from",
        "successor_id",
    ),
)
ALIGNMENTS = Timed(
    "alignments", ("objective_id", "parent_objective_id", "parent_key_result_id", "mode"), ()
)


def change(tables: Tables, known: Known, **values: Any) -> None:
    """From this record on the objective has these values, and its new version."""
    tables.change(OBJECTIVES, (known.stream,), known.recorded_at, version=known.version, **values)


def suggested(tables: Tables, known: Known, says: told.Suggested) -> None:
    """Somebody suggested an objective to a unit."""
    terms = {
        "cycle_id": str(says.cycle_id),
        "title": says.title,
        "description": says.description,
        "holder": {"kind": "unit", "id": str(says.unit_id)},
        "responsible_id": str(says.suggested_by),
        "level": "department",
        "kind": "aspirational",
    }
    change(tables, known, cycle_id=says.cycle_id, stage="suggested", terms=terms)


def accepted(tables: Tables, known: Known, _: told.SuggestionAccepted) -> None:
    """The suggestion is to become a draft."""
    change(tables, known, stage="accepted")


def declined(tables: Tables, known: Known, says: told.SuggestionDeclined) -> None:
    """The suggestion was not taken up."""
    change(tables, known, stage="declined", ended_reason=says.reason)


def drafted(tables: Tables, known: Known, says: told.Drafted | told.Redrafted) -> None:
    """The draft stands as described."""
    terms = says.terms
    change(
        tables,
        known,
        cycle_id=terms.cycle_id,
        stage="draft",
        terms=terms.model_dump(mode="json"),
        ended_reason=None,
    )


def key_result_drafted(tables: Tables, known: Known, says: told.KeyResultDrafted) -> None:
    """A drafted key result stands as described."""
    joined(tables, known, says.terms, joined_on=None, added_later=False)
    change(tables, known)


def key_result_discarded(tables: Tables, known: Known, says: told.KeyResultDiscarded) -> None:
    """A drafted key result is no more."""
    tables.end(KEY_RESULTS, (says.key_result_id,), known.recorded_at)
    change(tables, known)


def published(tables: Tables, known: Known, says: told.ObjectivePublished) -> None:
    """The original is fixed, with its key results and what it is aligned to."""
    change(
        tables,
        known,
        cycle_id=says.terms.cycle_id,
        stage="published",
        terms=says.terms.model_dump(mode="json"),
        published_on=says.published_on,
        late=says.late,
    )
    for terms in says.key_results:
        joined(tables, known, terms, joined_on=says.published_on, added_later=False)
    for link in says.terms.alignments:
        tables.change(ALIGNMENTS, _link(known, link), known.recorded_at)


def joined(tables: Tables, known: Known, terms: KeyResultTerms, **values: Any) -> None:
    """A key result with its own original."""
    tables.change(
        KEY_RESULTS,
        (terms.key_result_id,),
        known.recorded_at,
        objective_id=known.stream,
        number=terms.number,
        original=terms.model_dump(mode="json"),
        **values,
    )


def aligned(tables: Tables, known: Known, says: told.Aligned) -> None:
    """The objective contributes to or supports another."""
    tables.change(ALIGNMENTS, _link(known, says.link), known.recorded_at)
    change(tables, known)


def alignment_ended(tables: Tables, known: Known, says: told.AlignmentEnded) -> None:
    """It does so no longer."""
    tables.end(ALIGNMENTS, _link(known, says.link), known.recorded_at)
    change(tables, known)


def _link(known: Known, link: AlignmentLink) -> tuple[Any, ...]:
    return known.stream, link.objective_id, link.key_result_id or ITSELF, link.mode


def closed(tables: Tables, known: Known, says: told.ObjectiveClosed) -> None:
    """Scored and closed."""
    closing = says.model_dump(mode="json")
    change(tables, known, stage="closed", ended_on=says.closed_on, closing=closing)


def rescored(tables: Tables, known: Known, says: told.Rescored) -> None:
    """Another score was given; everything else about the closing stays."""
    tables.flush()
    row = tables.connection.execute(
        "SELECT closing FROM objectives WHERE objective_id = %s AND upper_inf(during)",
        (known.stream,),
    ).fetchone()
    closing = (row[0] if row else None) or {}
    rescoring = {"score": str(says.score), "override_reason": says.reason}
    change(tables, known, closing={**closing, **rescoring})


def ended(
    tables: Tables, known: Known, says: told.ObjectivePostponed | told.ObjectiveCancelled
) -> None:
    """Postponed or cancelled: it leaves the averages."""
    postponed = isinstance(says, told.ObjectivePostponed)
    change(
        tables,
        known,
        stage="postponed" if postponed else "cancelled",
        ended_on=says.on,
        ended_late=says.after_mid_cycle_review,
        ended_reason=says.reason,
        ended_category=says.category,
    )


def carried_over(tables: Tables, known: Known, says: told.CarriedOver) -> None:
    """It goes on in another cycle."""
    change(tables, known, carried_into=says.into)


def post_mortem_written(tables: Tables, known: Known, says: told.PostMortemWritten) -> None:
    """Why it was missed."""
    change(tables, known, post_mortem=says.text)


def noted(tables: Tables, known: Known, _: told.PostMortemAsked) -> None:
    """Nothing about the objective changes but its version."""
    change(tables, known)


SHOWN: Mapping[type[Contract], Callable[[Tables, Known, Any], None]] = {
    told.Suggested: suggested,
    told.SuggestionAccepted: accepted,
    told.SuggestionDeclined: declined,
    told.Drafted: drafted,
    told.Redrafted: drafted,
    told.KeyResultDrafted: key_result_drafted,
    told.KeyResultDiscarded: key_result_discarded,
    told.ObjectivePublished: published,
    told.Aligned: aligned,
    told.AlignmentEnded: alignment_ended,
    told.ObjectiveClosed: closed,
    told.Rescored: rescored,
    told.PostMortemAsked: noted,
    told.PostMortemWritten: post_mortem_written,
    told.ObjectivePostponed: ended,
    told.ObjectiveCancelled: ended,
    told.CarriedOver: carried_over,
}
