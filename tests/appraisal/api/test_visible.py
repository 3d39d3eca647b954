"""The list shows what may be opened one by one: on random companies, told by their feed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from random import Random
from uuid import UUID

import pytest

from services.appraisal.api.visible import COLUMNS
from services.appraisal.projections.organisation_today import ORGANISATION
from shared.access.deciding import decide_all
from shared.access.filtering import asking, rows_that
from shared.access.organisation import Organisation, OwnOrganisation
from shared.access.policy.appraisal import POLICY
from shared.access.things import EVERYWHERE, Asker, Thing
from shared.contracts import organisation as o
from shared.kernel.actors import Actor, person, service
from tests.support.appraisal_world import World, appraisal_world
from tests.support.organisations import TODAY, Company, companies
from tests.support.postgres import Databases

SEE = POLICY["see-appraisals"]
START = date(2026, 6, 22)
COMPANIES = 8


@pytest.fixture(scope="module")
def world(module_databases: Databases) -> Iterator[World]:
    with appraisal_world(module_databases("appraisal")) as made:
        with made.service.pool.connection() as connection:
            connection.execute(
                "CREATE TABLE organisation.tried (n int, subject uuid, manager uuid)"
            )
        yield made


def tell(world: World, company: Company) -> None:
    """What the directory would say; of two managers of one kind the last counts."""
    tell, day = world.people.tell, {"effective_from": START}
    for n, unit in enumerate(company.units):
        parent = company.parents.get(unit)
        founded = o.UnitFounded(
            code=f"U{n}", kind="team", parent_id=parent, counts_as_department=False, **day
        )
        tell(unit, founded)
    for one in company.people:
        tell(one, o.PersonEmployed(employed_from=START))
    for one, unit in company.posts:
        tell(one, o.PostAssigned(unit_id=unit, title="post", share=5_000, **day))
    for one, manager, kind in company.managers:
        tell(one, o.ManagerAssigned(kind=kind, manager_id=manager, **day))
    for one, role, unit in company.roles:
        tell(one, o.RoleGranted(role=role, unit_id=None if unit == EVERYWHERE else unit, **day))
    world.follow()


def as_kept(company: Company) -> Company:
    """One manager of each kind, and nobody who leads: what this service keeps."""
    last = {(one, kind): manager for one, manager, kind in company.managers}
    kept = {(one, manager, kind) for (one, kind), manager in last.items()}
    return replace(company, managers=kept, leads=set())


def seen(world: World, names: Organisation, asker: Asker, things: list[Thing]) -> list[bool]:
    columns = {part: column.replace("a.", "t.") for part, column in COLUMNS.items()}
    found = rows_that(SEE, names, columns)
    rows = [(n, *(next(iter(t.ids(p)), None) for p in columns)) for n, t in enumerate(things)]
    with world.service.pool.connection() as connection:
        connection.execute("DELETE FROM organisation.tried")
        connection.cursor().executemany("INSERT INTO organisation.tried VALUES (%s, %s, %s)", rows)
        answered = connection.execute(
            f"WITH RECURSIVE {found.tables}"
            f" SELECT t.n FROM organisation.tried t WHERE {found.condition}",
            asking(asker, TODAY),
        ).fetchall()
    shown = {row[0] for row in answered}
    return [n in shown for n in range(len(things))]


def appraisals(company: Company, random: Random) -> list[Thing]:
    def somebody() -> list[UUID]:
        return [random.choice(company.known)]

    return [Thing({"subject": somebody(), "manager": somebody()}) for _ in range(10)]


def disagreements(world: World, names: Organisation, seed: int) -> list[str]:
    found = []
    for random_company, random in companies(seed, COMPANIES):
        company = as_kept(random_company)
        tell(world, company)
        own = OwnOrganisation(world.service.pool, names)
        things = appraisals(company, random)
        for actor in actors(company, random):
            plain = decide_all(SEE, company.asker(actor, TODAY), things, company, TODAY)
            asker = own.asker(actor, TODAY)
            asked = decide_all(SEE, asker, things, own, TODAY)
            plainly, decided = ([one.allowed for one in all_] for all_ in (plain, asked))
            if not plainly == decided == seen(world, names, asker, things):
                found.append(f"{actor}: {plainly} {decided}")
    return found


def actors(company: Company, random: Random) -> list[Actor]:
    chosen = random.sample(company.known, min(3, len(company.known)))
    return [*map(person, chosen), service("import", chosen[0]), service("insights")]


def test_one_by_one_and_as_a_list_the_same_appraisals_are_seen(world: World) -> None:
    assert disagreements(world, ORGANISATION, seed=23) == []


def test_tables_that_forget_the_functional_line_are_found_out(world: World) -> None:
    """The comparison can go red."""
    lines = f"SELECT * FROM ({ORGANISATION.managers}) AS m WHERE kind = 'line'"
    assert disagreements(world, replace(ORGANISATION, managers=lines), seed=24) != []
