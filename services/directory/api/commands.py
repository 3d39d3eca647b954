"""What can be asked of the directory over HTTP."""

from fastapi import APIRouter

from services.directory.application import commands as c
from services.directory.application.calendars import Calendars
from services.directory.application.leaving import Leaving
from services.directory.application.people import People
from services.directory.application.trust import Trust
from services.directory.application.units import Units
from shared.http.commanding import add_command


def people_commands(people: People, leaving: Leaving, trust: Trust) -> APIRouter:
    """One route per command about people."""
    router = APIRouter()
    add_command(router, c.RegisterPeople, people.register_people)
    add_command(router, c.EndManagers, people.end_managers)
    add_command(router, c.EndEmployment, leaving.end_employment)
    add_command(router, c.DeactivatePeople, leaving.deactivate_people)
    add_command(router, c.ReactivatePeople, leaving.reactivate_people)
    add_command(router, c.GrantRoles, trust.grant_roles)
    add_command(router, c.RevokeRoles, trust.revoke_roles)
    add_command(router, c.GiveDelegation, trust.give_delegation)
    add_command(router, c.EndDelegation, trust.end_delegation)
    return router


def unit_commands(units: Units, calendars: Calendars) -> APIRouter:
    """One route per command about units and the calendar."""
    router = APIRouter()
    add_command(router, c.RegisterUnits, units.register_units)
    add_command(router, c.CloseUnits, units.close_units)
    add_command(router, c.ReopenUnits, units.reopen_units)
    add_command(router, c.VacateLeads, units.vacate_leads)
    add_command(router, c.MarkClosures, units.mark_closures)
    add_command(router, c.LiftClosures, units.lift_closures)
    add_command(router, c.DefineFiscalYear, calendars.define_fiscal_year)
    add_command(router, c.DefinePeriods, calendars.define_periods)
    add_command(router, c.MarkDays, calendars.mark_days)
    return router
