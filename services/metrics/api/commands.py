"""What can be asked of metrics over HTTP."""

from fastapi import APIRouter, Depends

from services.metrics.api.walls import closed_to_appraisal, closed_to_scores
from services.metrics.application import commands
from services.metrics.application.check_ins import CheckIns
from services.metrics.application.commitments import Commitments
from services.metrics.application.kpis import Kpis
from services.metrics.application.ledgers import KpiLedgers
from shared.http.commanding import add_command


def check_in_routes(check_ins: CheckIns) -> APIRouter:
    """Commands about key results."""
    router = APIRouter(dependencies=[Depends(closed_to_appraisal)])
    add_command(router, commands.CheckIn, check_ins.check_in)
    add_command(router, commands.CorrectCheckIns, check_ins.correct_check_ins)
    add_command(router, commands.WithdrawCheckIns, check_ins.withdraw_check_ins)
    return router


def kpi_routes(kpis: Kpis, commitments: Commitments, ledgers: KpiLedgers) -> APIRouter:
    """Commands about KPIs, commitments and their figures."""
    router = APIRouter(dependencies=[Depends(closed_to_scores)])
    add_command(router, commands.DefineKpis, kpis.define_kpis)
    add_command(router, commands.RedefineKpi, kpis.redefine_kpi)
    add_command(router, commands.SetBaselines, commitments.set_baselines)
    add_command(router, commands.CorrectBaselines, commitments.correct_baselines)
    add_command(router, commands.Rebaseline, commitments.rebaseline)
    add_command(router, commands.OfferCommitments, commitments.offer_commitments)
    add_command(router, commands.ReviseCommitments, commitments.revise_commitments)
    add_command(router, commands.AgreeToCommitments, commitments.agree_to_commitments)
    add_command(router, commands.DisputeCommitments, commitments.dispute_commitments)
    add_command(router, commands.SuspendCommitments, commitments.suspend_commitments)
    add_command(router, commands.RecordMeasurements, ledgers.record_measurements)
    add_command(router, commands.CorrectMeasurements, ledgers.correct_measurements)
    add_command(router, commands.WithdrawMeasurements, ledgers.withdraw_measurements)
    add_command(router, commands.SealPeriods, ledgers.seal_periods)
    return router
