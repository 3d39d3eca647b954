"""What the arithmetic proposes as scores, for closing."""

from collections.abc import Collection, Mapping
from uuid import UUID

from services.goals.api.knowing import KeyResultEntry, load
from services.goals.api.looking import Looking
from services.goals.api.standings import Standings, Stands
from services.goals.domain.closing import Proposal, ProposedKeyResult
from services.goals.domain.objective_standing import Line


def proposals(looking: Looking, objective_ids: Collection[UUID]) -> Mapping[UUID, Proposal]:
    """The proposed scores of these objectives at the end of the day: raw progress and its facts."""
    standings = Standings(load(looking, objective_ids), looking.on)
    version, _ = standings.policy
    known = standings.house.objectives
    return {
        wanted: _proposal(standings.of(known[wanted]), version)
        for wanted in objective_ids
        if wanted in known
    }


def _proposal(stands: Stands, policy_version: int) -> Proposal:
    return Proposal(
        original=stands.standing.vs_original.progress,
        current=stands.standing.vs_current.progress,
        key_results=tuple(_proposed(entry, line) for entry, line in stands.lines),
        policy_version=policy_version,
    )


def _proposed(entry: KeyResultEntry, line: Line) -> ProposedKeyResult:
    counting = entry.evidence.figures or entry.evidence.entries
    return ProposedKeyResult(
        key_result_id=entry.id,
        original=line.standing.progress.original,
        current=line.standing.progress.current,
        value=line.standing.said.value,
        fact_ids=tuple(str(row["entry_id"]) for row in counting),
    )
