"""All screens of the organisation behind one router, in the order in which addresses are tried."""

from fastapi import APIRouter

from services.web.pages.organisation import calendar, people, person, units, work

routes = APIRouter()
for screen in (units, people, person, work, calendar):
    routes.include_router(screen.routes)
