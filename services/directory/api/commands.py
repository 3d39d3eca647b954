"""What can be asked of the directory over HTTP."""

from fastapi import APIRouter

from services.directory.application import commands
from services.directory.application.directory import Directory
from shared.http.commanding import add_command


def command_routes(directory: Directory) -> APIRouter:
    """One route per command of the vocabulary."""
    router = APIRouter()
    add_command(router, commands.RegisterUnits, directory.register_units)
    add_command(router, commands.RegisterPeople, directory.register_people)
    add_command(router, commands.EndEmployment, directory.end_employment)
    add_command(router, commands.DefinePeriods, directory.define_periods)
    add_command(router, commands.MarkDays, directory.mark_days)
    return router
