"""Who works here, in which units, and what the calendar says: as of any instant."""

from fastapi import APIRouter

from services.directory.api import calendar, delegations, people, units

router = APIRouter()
for part in (people, units, calendar, delegations):
    router.include_router(part.router)
