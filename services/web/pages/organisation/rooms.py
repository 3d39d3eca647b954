"""All screens of the organisation behind one router, in the order in which addresses are tried."""

from fastapi import APIRouter

from services.web.pages.organisation import (
    calendar,
    day_forms,
    delegations,
    leaving,
    people,
    person,
    person_forms,
    picking,
    roles,
    unit_closing,
    unit_forms,
    unit_picking,
    units,
    work,
    year_forms,
)

routes = APIRouter()
# Forms first: their addresses would else be taken for ids.
FORMS = (
    unit_forms,
    unit_closing,
    picking,
    unit_picking,
    person_forms,
    roles,
    leaving,
    delegations,
    day_forms,
    year_forms,
)
for screen in (*FORMS, units, people, person, work, calendar):
    routes.include_router(screen.routes)
