"""What can be asked of the directory over HTTP."""

from fastapi import APIRouter

from services.directory.application import commands
from services.directory.application.directory import Directory
from services.directory.application.leaving import Leaving
from shared.http.commanding import add_command


def command_routes(directory: Directory, leaving: Leaving) -> APIRouter:
    """One route per command of the vocabulary."""
    router = APIRouter()
    add_command(router, commands.RegisterUnits, directory.register_units)
    add_command(router, commands.RegisterPeople, directory.register_people)
    add_command(router, commands.EndEmployment, leaving.end_employment)
    add_command(router, commands.DeactivatePeople, leaving.deactivate_people)
    add_command(router, commands.ReactivatePeople, leaving.reactivate_people)
    add_command(router, commands.DefinePeriods, directory.define_periods)
    add_command(router, commands.MarkDays, directory.mark_days)
    return router
