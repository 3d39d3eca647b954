"""Who works here, in which units, and what the calendar says: as of any instant."""

from fastapi import APIRouter

from services.directory.api import calendar, delegations, people, stories, units

router = APIRouter()
for part in (people, units, calendar, delegations, stories):
    router.include_router(part.router)
