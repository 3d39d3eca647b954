"""What can be asked of the appraisal service over HTTP."""

from fastapi import APIRouter

from services.appraisal.application import commands
from services.appraisal.application.plans import Plans
from services.appraisal.application.results import Results
from services.appraisal.application.reviews import Reviews
from services.appraisal.application.schemes import Schemes
from shared.http.commanding import add_command


def command_routes(schemes: Schemes, plans: Plans, reviews: Reviews, results: Results) -> APIRouter:
    """One route per command of the vocabulary; what the service asks of itself has none."""
    router = APIRouter()
    add_command(router, commands.DraftScheme, schemes.draft_scheme)
    add_command(router, commands.DraftSchemeFromTemplate, schemes.draft_scheme_from_template)
    add_command(router, commands.SignScheme, schemes.sign_scheme)
    add_command(router, commands.PlanAppraisals, plans.plan_appraisals)
    add_command(router, commands.OpenSelfReviews, plans.open_self_reviews)
    add_command(router, commands.GiveSelfReview, reviews.give_self_review)
    add_command(router, commands.CloseSelfReview, reviews.close_self_review)
    add_command(router, commands.GiveManagerReview, reviews.give_manager_review)
    add_command(router, commands.GiveBonus, reviews.give_bonus)
    add_command(router, commands.TakeDeduction, reviews.take_deduction)
    add_command(router, commands.RaiseVeto, reviews.raise_veto)
    add_command(router, commands.WithdrawEntry, reviews.withdraw_entry)
    add_command(router, commands.SealAppraisals, results.seal_appraisals)
    add_command(router, commands.SignOffAppraisals, results.sign_off_appraisals)
    add_command(router, commands.DismissChange, results.dismiss_change)
    add_command(router, commands.AcceptChange, results.accept_change)
    return router
