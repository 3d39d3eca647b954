"""What can be asked of goals over HTTP."""

from fastapi import APIRouter

from services.goals.application import commands as c
from services.goals.application.cycles import Cycles
from services.goals.application.endings import Endings
from services.goals.application.goals import Goals
from services.goals.application.revisions import Revisions
from shared.http.commanding import add_command


def cycle_commands(cycles: Cycles) -> APIRouter:
    """One route per command about cycles and policy."""
    router = APIRouter()
    add_command(router, c.PlanCycles, cycles.plan_cycles)
    add_command(router, c.OpenDrafting, cycles.open_drafting)
    add_command(router, c.ActivateCycles, cycles.activate_cycles)
    add_command(router, c.OpenGrading, cycles.open_grading)
    add_command(router, c.ReopenGrading, cycles.reopen_grading)
    add_command(router, c.CloseCycles, cycles.close_cycles)
    add_command(router, c.ChooseCadence, cycles.choose_cadence)
    add_command(router, c.MoveDraftingWindow, cycles.move_drafting_window)
    add_command(router, c.MoveMidCycleReview, cycles.move_mid_cycle_review)
    add_command(router, c.AdoptPolicy, cycles.adopt_policy)
    return router


def objective_commands(goals: Goals, revisions: Revisions) -> APIRouter:
    """One route per command about objectives until they end."""
    router = APIRouter()
    add_command(router, c.SuggestObjectives, goals.suggest_objectives)
    add_command(router, c.AcceptSuggestion, goals.accept_suggestion)
    add_command(router, c.DeclineSuggestion, goals.decline_suggestion)
    add_command(router, c.DraftObjectives, goals.draft_objectives)
    add_command(router, c.PublishObjectives, goals.publish_objectives)
    add_command(router, c.ReviseObjectives, revisions.revise_objectives)
    add_command(router, c.AlignObjectives, goals.align_objectives)
    add_command(router, c.EndAlignments, goals.end_alignments)
    return router


def ending_commands(endings: Endings) -> APIRouter:
    """One route per command about the end of objectives."""
    router = APIRouter()
    add_command(router, c.CloseObjectives, endings.close_objectives)
    add_command(router, c.RescoreObjective, endings.rescore_objective)
    add_command(router, c.WritePostMortem, endings.write_post_mortem)
    add_command(router, c.PostponeObjectives, endings.postpone_objectives)
    add_command(router, c.CancelObjectives, endings.cancel_objectives)
    add_command(router, c.CarryOverObjective, endings.carry_over_objective)
    return router
