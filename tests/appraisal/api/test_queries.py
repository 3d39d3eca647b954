"""Appraisals over HTTP: live from KPIs, sealed with their evidence, seen only by those who may."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from services.appraisal.application.rights import asking
from services.appraisal.domain.errors import NobodyAsks
from shared.contracts import kpis as k
from shared.contracts.organisation import (
    EmploymentEnded,
    PersonDeactivated,
    PersonReactivated,
)
from shared.kernel.actors import person, service
from shared.kernel.ids import id_of
from tests.support.appraisal_world import (
    APPRAISAL,
    CHEN,
    KPIS,
    SHEN,
    WANG,
    World,
    appraisal_world,
    correct,
    marks,
    measure,
    plan_body,
    promise,
    put_scheme_in_force,
    review,
    tell_a_quarter,
    working_days,
)
from tests.support.appraisals import EAST, FIRST, LAST, LI, LIN, SCHEME, ZHAO, ZHOU
from tests.support.postgres import Databases

ONE = {"appraisal_id": str(APPRAISAL)}
ALL = {"items": [str(APPRAISAL)]}
GIVEN = (("give-manager-review", {**ONE, "marks": marks(80, 80), "text": "Well done."}),)
PATH = f"/appraisals/{APPRAISAL}"
DAY = date(2026, 8, 11)
OCTOBER_12 = datetime(2026, 10, 12, 3, tzinfo=UTC)


@pytest.fixture
def world(databases: Databases) -> Iterator[World]:
    with appraisal_world(databases("appraisal")) as made:
        put_scheme_in_force(made)
        yield made


@pytest.fixture
def reviewed(world: World) -> World:
    return _reviewed(world)


@pytest.fixture(scope="module")
def looked_at(module_databases: Databases) -> Iterator[World]:
    """A reviewed appraisal for tests that only read, or are refused."""
    with appraisal_world(module_databases("appraisal")) as made:
        put_scheme_in_force(made)
        yield _reviewed(made)


def _reviewed(world: World) -> World:
    tell_a_quarter(world.kpis)
    world.follow()
    review(world)
    return world


def points(world: World, **params: object) -> dict[str, str]:
    told = world.read(ZHOU, PATH, **params)
    return {item["code"]: item["points"] for item in told["items"]}


def test_the_total_is_what_one_works_out_by_hand(looked_at: World) -> None:
    told = looked_at.read(LI, PATH)
    assert {code: float(p) for code, p in points(looked_at).items()} == {
        "revenue": 100,
        "collections": 110,
        "orders_won": 100,
        "win_rate": 100,
        "first_response": 110,
    }
    assert [section["points"] for section in told["sections"]] == [
        "103.5",
        "86",
        "91",
    ]
    assert (told["total"], told["band"], told["stage"]) == ("98.75", "S", "manager_review")


def test_a_figure_opens_into_its_records_and_terms(looked_at: World) -> None:
    told = looked_at.read(LI, f"{PATH}/figures/{KPIS['revenue']}")
    figure = told["items"][0]
    assert figure["formula"] == "1 + (66000 - 66000) / |66000|; points(x) = 100"
    assert len(figure["measurements"]) == 66
    first = figure["measurements"][0]
    assert (first["observed_on"], first["value"], first["author"]) == (
        "2026-07-01",
        "1000",
        "import",
    )
    assert figure["terms"][0]["terms"]["target"] == "66000"
    assert {one["feed"] for one in figure["evidence"]} == {"kpis"}


def test_the_past_is_shown_as_it_was_known(reviewed: World) -> None:
    measured = [known for known in reviewed.kpis.records if known.name.endswith("measured.v1")]
    first_evening = measured[0].recorded_at
    correct(reviewed.kpis, "revenue", FIRST, 500, OCTOBER_12)
    reviewed.follow()
    now = reviewed.read(ZHOU, PATH)["items"][0]
    assert (now["actual"], now["covered"]) == ("65500", 66)
    reads = reviewed.read(ZHOU, PATH, as_of="2026-10-10T00:00:00Z")
    assert reads["items"][0]["actual"] == "66000"
    assert reviewed.get(ZHOU, PATH, as_of=first_evening.isoformat()).status_code == 404


def test_a_live_figure_in_the_running_period_looks_at_the_days_gone_by(world: World) -> None:
    promise(world.kpis, "revenue", (52_800, 66_000, 79_200))
    days = [day for day in working_days() if day < DAY]
    for day in days:
        measure(world.kpis, "revenue", day, 1200)
    world.follow()
    world.on(DAY)
    world.done(ZHAO, "plan-appraisals", plan_body())
    revenue = world.read(LI, PATH)["items"][0]
    assert (revenue["covered"], revenue["due"]) == (len(days), len(days))
    assert (revenue["target"], revenue["achievement"]) == (f"{len(days)}000", "1.2")
    assert revenue["points"] == "120"


# Who may see


@pytest.mark.parametrize("viewer", [LI, ZHOU, CHEN, LIN, ZHAO, SHEN])
def test_subject_line_hr_and_auditors_see_the_appraisal(looked_at: World, viewer: object) -> None:
    assert looked_at.get(viewer, PATH).status_code == 200  # type: ignore[arg-type]
    items = looked_at.read(viewer, "/appraisals")["items"]  # type: ignore[arg-type]
    assert [item["id"] for item in items] == [str(APPRAISAL)]


@pytest.mark.parametrize("tail", ["", "/story", f"/figures/{KPIS['revenue']}", "/reads"])
@pytest.mark.parametrize("viewer", [WANG])
def test_nobody_else_learns_that_there_is_one(looked_at: World, viewer: object, tail: str) -> None:
    assert looked_at.get(viewer, f"{PATH}{tail}").status_code == 404  # type: ignore[arg-type]
    assert looked_at.read(viewer, "/appraisals")["items"] == []  # type: ignore[arg-type]


def test_without_a_token_and_to_programs_and_strangers_nothing_is_told(looked_at: World) -> None:
    assert looked_at.get(None, PATH).status_code == 401
    for viewer, code in (
        (service("web"), "AppraisalsAreConfidential"),
        (id_of("person", "a stranger"), "NoLongerHere"),
    ):
        for path in (PATH, "/appraisals"):
            refused = looked_at.get(viewer, path)
            assert (refused.status_code, refused.json()["code"]) == (403, code)


def test_every_read_of_a_result_leaves_a_row(looked_at: World) -> None:
    looked_at.read(ZHAO, PATH)
    looked_at.read(CHEN, "/appraisals")
    reads = looked_at.read(LI, f"{PATH}/reads")["items"]
    assert [(one["reader"], one["what"]) for one in reads][:2] == [
        (str(CHEN), "list"),
        (str(ZHAO), "result"),
    ]
    assert looked_at.get(ZHOU, f"{PATH}/reads").status_code == 403


def test_what_is_asked_for_narrows_the_list(looked_at: World) -> None:
    def ids(**asked: object) -> list[str]:
        return [one["id"] for one in looked_at.read(ZHAO, "/appraisals", **asked)["items"]]

    assert ids(period="2026-Q3", manager=str(ZHOU), stage="manager_review") == [str(APPRAISAL)]
    assert ids(period="2026-Q2") == []
    assert ids(mine=True) == []


# Sealing


def seal(world: World) -> None:
    world.on(date(2026, 10, 11))
    world.done(ZHOU, "seal-appraisals", ALL)


def test_a_sealed_result_stays_when_a_kpi_is_corrected_and_the_change_is_noted(
    reviewed: World,
) -> None:
    seal(reviewed)
    assert reviewed.react() == 0
    known = correct(reviewed.kpis, "revenue", DAY, -5600, OCTOBER_12)
    reviewed.on(date(2026, 10, 13))
    reviewed.follow()
    assert reviewed.react() == 1
    assert reviewed.react() == 0
    told = reviewed.read(ZHAO, PATH)
    assert (told["total"], told["live_total"], told["stage"]) == ("98.75", "93.85", "sealed")
    change = told["changes"][0]
    assert (change["evidence"]["position"], change["total_would_be"]) == (known.position, "93.85")

    change_id = {**ONE, "change_id": change["change"], "reason": "A refund."}
    assert reviewed.ask(LI, "accept-change", change_id).status_code == 403
    reviewed.done(ZHAO, "accept-change", change_id)
    assert reviewed.read(ZHAO, PATH)["stage"] == "manager_review"
    reviewed.done(ZHOU, "seal-appraisals", ALL)
    assert reviewed.read(ZHAO, PATH)["total"] == "93.85"
    assert reviewed.react() == 0


def test_a_correction_of_a_component_is_noted_for_the_ratio_too(reviewed: World) -> None:
    seal(reviewed)
    correct(reviewed.kpis, "opportunities", DAY, 20, OCTOBER_12)
    reviewed.follow()
    assert reviewed.react() == 1
    changes = reviewed.read(ZHAO, PATH)["changes"]
    assert [one["kpi"] for one in changes] == [str(KPIS["win_rate"])]


def test_a_change_may_be_dismissed_with_a_reason(reviewed: World) -> None:
    seal(reviewed)
    correct(reviewed.kpis, "revenue", DAY, 999, OCTOBER_12)
    reviewed.follow()
    reviewed.react()
    change = reviewed.read(ZHAO, PATH)["changes"][0]["change"]
    body = {**ONE, "change_id": change, "reason": "One yuan."}
    reviewed.done(ZHAO, "dismiss-change", body)
    told = reviewed.read(ZHAO, PATH)
    assert (told["total"], told["changes"][0]["decision"]) == ("98.75", "dismissed")


def test_a_sealed_figure_still_opens_into_what_it_was_made_of(reviewed: World) -> None:
    seal(reviewed)
    correct(reviewed.kpis, "revenue", DAY, 1, OCTOBER_12)
    reviewed.follow()
    figure = reviewed.read(ZHAO, f"{PATH}/figures/{KPIS['revenue']}")["items"][0]
    on_the_day = next(m for m in figure["measurements"] if m["observed_on"] == str(DAY))
    assert on_the_day["value"] == "1000"


def test_two_people_seal_and_sign(reviewed: World) -> None:
    seal(reviewed)
    assert reviewed.ask(ZHOU, "sign-off-appraisals", ALL).json()["code"] == "SealerCannotSign"
    assert reviewed.ask(LI, "sign-off-appraisals", ALL).status_code == 403
    reviewed.done(CHEN, "sign-off-appraisals", ALL)
    told = reviewed.read(LI, PATH)
    assert (told["stage"], told["signed_by"]) == ("signed_off", str(CHEN))


def test_the_same_request_is_answered_once(reviewed: World) -> None:
    reviewed.on(date(2026, 10, 11))
    first = reviewed.ask(ZHOU, "seal-appraisals", ALL, **{"Idempotency-Key": "seal-1"})
    again = reviewed.ask(ZHOU, "seal-appraisals", ALL, **{"Idempotency-Key": "seal-1"})
    assert first.json() == again.json()
    assert again.headers["Idempotency-Replayed"] == "true"
    anew = reviewed.ask(ZHOU, "seal-appraisals", ALL)
    assert anew.json()["streams"][0]["version"] == first.json()["streams"][0]["version"]


# Missing figures and segments


def test_missing_days_of_a_system_source_leave_points_and_typed_ones_do_not(
    world: World,
) -> None:
    half = working_days()[33:]
    tell_a_quarter(world.kpis, without=half)
    world.follow()
    review(world)
    told = world.read(ZHOU, PATH)
    by_code = {item["code"]: item for item in told["items"]}
    assert (by_code["revenue"]["covered"], by_code["revenue"]["due"]) == (33, 66)
    assert float(by_code["revenue"]["points"]) == 100
    assert float(by_code["first_response"]["points"]) == 55
    assert told["total"] == "94.90"


def test_a_person_without_an_agreed_target_cannot_be_sealed(world: World) -> None:
    review(world)
    world.on(date(2026, 10, 11))
    refused = world.ask(ZHOU, "seal-appraisals", ALL)
    assert (refused.status_code, refused.json()["code"]) == (422, "ResultHasNoTotal")
    assert "revenue: no_commitment" in refused.json()["detail"]
    assert world.read(ZHOU, PATH)["total"] is None


def test_each_segment_has_its_own_commitments_and_counts_by_its_days(world: World) -> None:
    change = date(2026, 8, 1)
    july = k.NamedPeriod(code="2026-Q3-a", first=FIRST, last=date(2026, 7, 31))
    rest = k.NamedPeriod(code="2026-Q3-b", first=change, last=LAST)
    days = working_days()
    early = sum(day < change for day in days)
    numbers = {"win_rate": ("0.15", "0.2", "0.25"), "first_response": (18, 12, 8)}
    for code in KPIS:
        promise(world.kpis, code, numbers.get(code, (early // 2, early, early * 2)), period=july)
        late = len(days) - early
        promise(world.kpis, code, numbers.get(code, (late, late * 2, late * 3)), period=rest)
    values = {"first_response": 12, "opportunities": 5}
    for day in days:
        for code in ("revenue", "collections", "orders_won", "opportunities", "first_response"):
            measure(world.kpis, code, day, values.get(code, 1))
    world.follow()
    world.on(date(2026, 10, 8))
    segment = {"unit": str(EAST), "scheme_id": str(SCHEME), "scheme_version": 1}
    segments = [{**segment, "first": str(FIRST)}, {**segment, "first": str(change)}]
    world.done(ZHAO, "plan-appraisals", plan_body(segments=segments))
    items = world.read(ZHOU, PATH)["items"]
    revenue = [float(i["points"]) for i in items if i["code"] == "revenue"]
    assert revenue == [100, 60]
    section = world.read(ZHOU, PATH)["sections"][0]
    expected = (31 * 100 + 61 * (0.60 * 60 + 0.15 * 50 + 0.15 * 100 + 0.10 * 100)) / 92
    assert float(section["points"]) == pytest.approx(expected, abs=1e-6)


# Wrong input


WRONG = [
    (plan_body(manager=str(LI)), "ReviewsThemselves", "items[0].manager"),
    (plan_body(manager=str(WANG)), "NobodyToReview", "items[0].manager"),
    (plan_body(subject=str(id_of("nobody"))), "PersonNotHere", "items[0].subject"),
    (plan_body(last="2026-09-29"), "PeriodNotInCalendar", "items[0].period"),
    (
        plan_body(
            segments=[
                {
                    "first": "2026-07-02",
                    "unit": str(EAST),
                    "scheme_id": str(SCHEME),
                    "scheme_version": 1,
                }
            ]
        ),
        "SegmentsNotInOrder",
        "items[0].segments",
    ),
    (
        plan_body(
            segments=[
                {
                    "first": "2026-07-01",
                    "unit": str(EAST),
                    "scheme_id": str(SCHEME),
                    "scheme_version": 2,
                }
            ]
        ),
        "NoSuchVersion",
        "items[0].version",
    ),
    ({"items": []}, "NotWellFormed", "items"),
    ({**plan_body(), "extra": 1}, "NotWellFormed", "extra"),
]


@pytest.mark.parametrize(("body", "code", "field"), WRONG)
def test_wrong_plans_are_refused_at_their_field_and_nothing_is_recorded(
    looked_at: World, body: dict[str, object], code: str, field: str
) -> None:
    before = looked_at.read(ZHAO, PATH)["version"]
    refused = looked_at.ask(ZHAO, "plan-appraisals", body)
    assert refused.headers["content-type"] == "application/problem+json"
    assert (refused.status_code, refused.json()["code"]) in [(422, code), (404, code)]
    assert refused.json()["field"] == field
    assert looked_at.read(ZHAO, PATH)["version"] == before


def test_schemes_are_hrs_business_and_need_two_signers(world: World) -> None:
    told = world.read(LI, "/schemes")["items"][0]
    assert (told["in_force"], told["signers"]) == (True, [str(ZHAO), str(LIN)])
    assert world.ask(ZHOU, "sign-scheme", {"scheme_id": str(SCHEME), "version": 1}).json()[
        "code"
    ] == ("OnlyHrAndExecutives")
    refused = world.ask(ZHOU, "plan-appraisals", plan_body())
    assert (refused.status_code, refused.json()["code"]) == (403, "OnlyHr")
    rules = told["rules"]
    rules["sections"][1]["weight"] = "25"
    body = {
        "scheme_id": str(SCHEME),
        "code": "SALES-2026",
        "title": {"en": "Sales", "zh": "销售"},
        "from_day": "2026-07-01",
        "rules": rules,
    }
    refused = world.ask(ZHAO, "draft-scheme", body)
    assert (refused.json()["code"], refused.json()["field"]) == (
        "SectionWeightsNotHundred",
        "rules.sections",
    )
    assert refused.json()["details"] == {"total": "105"}


def test_a_manager_who_has_left_reviews_nobody(world: World) -> None:
    world.done(ZHAO, "plan-appraisals", plan_body())
    world.done(ZHAO, "open-self-reviews", ALL)
    world.people.tell(ZHOU, EmploymentEnded(last_day=date(2026, 7, 31)))
    world.follow()
    world.on(DAY)
    for command, body in (("close-self-review", {**ONE, "reason": "On leave."}), *GIVEN):
        refused = world.ask(ZHOU, command, body)
        assert (refused.status_code, refused.json()["code"]) == (403, "NoLongerHere")


def test_a_manager_who_was_deactivated_reviews_and_sees_nobody_until_reactivated(
    world: World,
) -> None:
    world.done(ZHAO, "plan-appraisals", plan_body())
    world.people.tell(ZHOU, PersonDeactivated())
    world.follow()
    refused = world.ask(ZHOU, "open-self-reviews", ALL)
    assert (refused.status_code, refused.json()["code"]) == (403, "NoLongerHere")
    assert world.get(ZHOU, "/appraisals").json()["code"] == "NoLongerHere"
    world.people.tell(ZHOU, PersonReactivated())
    world.follow()
    assert len(world.read(ZHOU, "/appraisals")["items"]) == 1
    world.done(ZHOU, "open-self-reviews", ALL)


def test_nobody_in_hr_plans_their_own_appraisal(world: World) -> None:
    own = {"appraisal_id": str(id_of("appraisal", ZHAO)), "manager": str(LIN)}
    refused = world.ask(ZHAO, "plan-appraisals", plan_body(subject=str(ZHAO), **own))
    assert (refused.status_code, refused.json()["code"]) == (403, "SubjectsOwnAppraisal")


def test_a_service_that_acts_for_nobody_asks_nothing(world: World) -> None:
    nobody = service("import")
    assert world.ask(nobody, "plan-appraisals", plan_body()).json()["code"] == "OnlyHr"
    with pytest.raises(NobodyAsks):
        asking(nobody)
    acting = person(ZHAO).model_copy(
        update={"kind": "service", "id": "import", "on_behalf_of": str(ZHAO)}
    )
    assert world.ask(acting, "plan-appraisals", plan_body()).status_code == 200


def test_bonus_deduction_and_veto_have_authors_and_show_in_the_report(reviewed: World) -> None:
    bonus = {**ONE, "entry_id": str(id_of("e", 1)), "points": "4.5", "reason": "Saved the fair."}
    reviewed.done(ZHOU, "give-bonus", bonus)
    assert reviewed.read(LI, PATH)["total"] == "103.25"
    assert (
        reviewed.ask(LI, "give-bonus", {**bonus, "entry_id": str(id_of("e", 2))}).status_code == 403
    )
    too_much = {**bonus, "entry_id": str(id_of("e", 3)), "points": "1"}
    assert reviewed.ask(CHEN, "give-bonus", too_much).json()["code"] == "BonusBeyondLimit"
    measure(reviewed.kpis, "revenue", LAST, 900, WANG, origin="typed")
    reviewed.follow()
    report = reviewed.read(SHEN, "/separation/typed")
    assert [(one["points"], one["author"]) for one in report["extras"]] == [("4.5", str(ZHOU))]
    assert [(one["value"], one["author"]) for one in report["values"]] == [("900", "import")]
    assert reviewed.get(LI, "/separation/typed").status_code == 403


def test_the_separation_report_says_what_was_looked_at(looked_at: World) -> None:
    report = looked_at.read(WANG, "/separation")
    assert report["follows"] == ["appraisals", "kpis", "organisation"]
    assert not report["role"]["superuser"]
    walls = {check["wall"]: check["holds"] for check in report["checks"]}
    assert walls["feeds"] is True
    assert walls["database"] is True


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "{by} reviewed as manager: ability 85, values 90."),
        ("zh-CN", "{by} 完成上级评价:能力 85, 价值观 90。"),
    ],
)
def test_the_story_is_told_in_both_languages(
    looked_at: World, language: str, sentence: str
) -> None:
    story = looked_at.read(CHEN, f"{PATH}/story", language=language)
    assert [line["version"] for line in story] == [1, 2, 3, 4]
    assert story[-1]["sentence"] == sentence
    assert story[-1]["people"]["by"] == str(ZHOU)


def test_a_refusal_is_said_in_chinese(looked_at: World) -> None:
    refused = looked_at.ask(LI, "seal-appraisals", ALL, **{"Accept-Language": "zh-CN"})
    assert refused.json()["detail"].startswith("这是您本人的考核")


def test_the_manager_marks_exactly_the_judged_sections(looked_at: World) -> None:
    body = {**ONE, "marks": marks(85, 90)[:1]}
    refused = looked_at.ask(ZHOU, "give-manager-review", body)
    assert (refused.json()["code"], refused.json()["field"]) == ("MarksIncomplete", "marks")


def test_lists_come_in_pages(looked_at: World) -> None:
    first = looked_at.read(ZHAO, "/appraisals", limit=1)
    assert first["next"] == str(APPRAISAL)
    assert looked_at.read(ZHAO, "/appraisals", after=first["next"])["items"] == []
    assert looked_at.get(ZHAO, "/appraisals", limit=0).status_code == 422
