"""Everything that can be asked of goals, over HTTP on real PostgreSQL."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from services.host.house import fresh_keys
from shared.kernel.actors import person, service
from shared.kernel.ids import id_of
from tests.support.house import employ, running, speaking

CHEN, WU = uuid4(), uuid4()
SALES = uuid4()


@pytest.fixture(scope="module")
def house(module_databases):
    keys = fresh_keys(("directory", "goals", "appraisal"))
    with running(module_databases, "directory", "goals", keys=keys) as running_house:
        employ(running_house, CHEN, WU)
        yield running_house


@pytest.fixture
def chen(house):
    with speaking(house, "goals", person(CHEN)) as me:
        yield me


@pytest.fixture
def wu(house):
    with speaking(house, "goals", person(WU)) as me:
        yield me


@pytest.fixture
def importing(house):
    with speaking(house, "goals", service("import", WU)) as me:
        yield me


def facts(house, stream):
    """The stored names of a stream's facts, in order."""
    pool = house.services["goals"].pool
    with pool.connection() as connection:
        rows = connection.execute(
            "SELECT name FROM log.facts WHERE stream = %s ORDER BY version", (stream,)
        )
        return [row[0] for row in rows.fetchall()]


def today(house):
    return house.services["goals"].clock.today()


def a_cycle(house, me, *, drafting=True):
    """A cycle around today, open for drafts."""
    cycle_id, first = uuid4(), today(house) - timedelta(days=40)
    cycle = {
        "cycle_id": str(cycle_id),
        "code": f"C-{cycle_id}",
        "kind": "quarter",
        "first": str(first),
        "last": str(first + timedelta(days=91)),
    }
    me.done("plan-cycles", {"cycles": [cycle]})
    if drafting:
        me.done("open-drafting", {"cycle_ids": [str(cycle_id)]})
    return cycle_id


def customers(key_result_id, **said):
    usual = {
        "key_result_id": str(key_result_id),
        "title": "New paying customers",
        "responsible_id": str(CHEN),
        "unit": "customers",
        "measure": {"type": "metric", "baseline": "0", "target": "1200", "stretch": "1500"},
    }
    return usual | said


def an_objective(cycle_id, **said):
    usual = {
        "objective_id": str(uuid4()),
        "cycle_id": str(cycle_id),
        "title": "Win the trust of new customers",
        "level": "department",
        "holder": {"kind": "unit", "id": str(SALES)},
        "responsible_id": str(CHEN),
        "kind": "committed",
        "key_results": [
            customers(uuid4(), weight=6000),
            customers(uuid4(), title="Portal live", unit="", measure={"type": "boolean"}),
        ],
    }
    return usual | said


def published(house, me):
    """A published objective: its id and the ids of its two key results."""
    objective = an_objective(a_cycle(house, me))
    me.done("draft-objectives", {"objectives": [objective]})
    me.done("publish-objectives", {"objective_ids": [objective["objective_id"]]})
    return objective["objective_id"], [k["key_result_id"] for k in objective["key_results"]]


def a_revision(house, objective_id, change, **said):
    usual = {
        "revision_id": str(uuid4()),
        "objective_id": objective_id,
        "change": change,
        "reason": "the market shrank",
        "category": "external_change",
        "effective_from": str(today(house)),
    }
    return {"revisions": [usual | said]}


def refused(answer, status, code, field=None):
    told = answer.json()
    assert (answer.status_code, told["code"]) == (status, code), told
    if field is not None:
        assert told["field"] == field
    return told


def test_from_draft_to_publication(house, chen):
    objective_id, _ = published(house, chen)
    assert facts(house, objective_id) == [
        "goals.Objective.Drafted",
        "goals.KeyResult.Drafted",
        "goals.KeyResult.Drafted",
        "goals.Objective.Published",
    ]


def test_late_publication_is_accepted_with_a_word(house, chen):
    objective = an_objective(a_cycle(house, chen))
    chen.done("draft-objectives", {"objectives": [objective]})
    told = chen.done("publish-objectives", {"objective_ids": [objective["objective_id"]]})
    assert [w["code"] for w in told["warnings"]] == ["JoinedLate"]
    assert told["streams"] == [{"id": objective["objective_id"], "version": 4}]


def test_too_many_objectives_of_one_holder_are_mentioned(house, chen):
    cycle_id, holder = a_cycle(house, chen), {"kind": "unit", "id": str(uuid4())}
    three = [an_objective(cycle_id, holder=holder) for _ in range(3)]
    chen.done("draft-objectives", {"objectives": three})
    ids = [one["objective_id"] for one in three]
    told = chen.done("publish-objectives", {"objective_ids": ids[:2]})
    assert "ManyObjectives" not in {w["code"] for w in told["warnings"]}
    chen.read("/cycles")
    told = chen.done("publish-objectives", {"objective_ids": ids[2:]})
    (many,) = [w for w in told["warnings"] if w["code"] == "ManyObjectives"]
    assert many["details"] == {"count": "3", "at_most": "2"}


def test_warnings_are_read_in_the_readers_language(house):
    with speaking(house, "goals", person(CHEN)) as me:
        objective = an_objective(a_cycle(house, me))
        me.done("draft-objectives", {"objectives": [objective]})
        me.language = "zh-CN"
        told = me.done("publish-objectives", {"objective_ids": [objective["objective_id"]]})
    assert told["warnings"][0]["sentence"].startswith("在制定窗口")


def test_doing_it_all_again_records_nothing(house, chen):
    objective = an_objective(a_cycle(house, chen))
    for _ in range(2):
        chen.done("draft-objectives", {"objectives": [objective]})
        chen.done("publish-objectives", {"objective_ids": [objective["objective_id"]]})
    assert len(facts(house, objective["objective_id"])) == 4


def test_the_same_request_is_answered_once(house, chen):
    objective_id, (first, _) = published(house, chen)
    body = a_revision(
        house, objective_id, {"what": "target", "key_result_id": first, "target": "1000"}
    )
    headers = {"Idempotency-Key": str(uuid4())}
    one = chen.ask("revise-objectives", body, **headers)
    two = chen.ask("revise-objectives", body, **headers)
    assert one.json() == two.json()
    assert two.headers["Idempotency-Replayed"] == "true"
    assert one.headers["ETag"] == '"5"'
    other = a_revision(
        house, objective_id, {"what": "target", "key_result_id": first, "target": "900"}
    )
    refused(chen.ask("revise-objectives", other, **headers), 422, "RequestIdReused")
    assert facts(house, objective_id)[4:] == ["goals.KeyResult.TargetRevised"]


def test_who_saw_an_older_version_is_told(house, chen):
    objective_id, (first, _) = published(house, chen)
    body = a_revision(
        house, objective_id, {"what": "target", "key_result_id": first, "target": "1000"}
    )
    refused(chen.ask("revise-objectives", body, **{"If-Match": '"3"'}), 412, "VersionHasMoved")
    assert chen.ask("revise-objectives", body, **{"If-Match": '"4"'}).status_code == 200


def test_one_version_does_not_stand_for_two_objectives(house, chen):
    ids = [published(house, chen)[0], published(house, chen)[0]]
    answer = chen.ask(
        "cancel-objectives",
        {"objective_ids": ids, "reason": "no"},
        **{"If-Match": '"4"'},
    )
    refused(answer, 422, "OneVersionForSeveral", "expected_version")


def test_a_faulty_item_is_named_and_nothing_is_recorded(house, chen):
    cycle_id = a_cycle(house, chen)
    good, bad = an_objective(cycle_id), an_objective(cycle_id)
    bad["key_results"][0]["measure"]["target"] = "0"
    answer = chen.ask("draft-objectives", {"objectives": [good, bad]})
    refused(answer, 422, "TargetEqualsBaseline", "objectives[1].key_results[0].target")
    assert facts(house, good["objective_id"]) == []


def test_malformed_input_names_the_field(house, chen):
    answer = chen.ask("draft-objectives", {"objectives": [{"objective_id": "?"}]})
    told = refused(answer, 422, "NotWellFormed")
    assert "objectives[0].objective_id" in {one["field"] for one in told["errors"]}


def test_a_malformed_change_is_named_by_the_field_that_was_sent(house, chen):
    objective_id, (first, _) = published(house, chen)
    change = {"what": "target", "key_result_id": first, "target": "NaN"}
    told = refused(
        chen.ask("revise-objectives", a_revision(house, objective_id, change)),
        422,
        "NotWellFormed",
    )
    assert [one["field"] for one in told["errors"]] == ["revisions[0].change.target"]
    headers = {"Content-Type": "application/json"}
    answer = chen.client.post(
        f"{house.url('goals')}/commands/revise-objectives",
        content="{not json",
        headers=chen._headers() | {"Idempotency-Key": "x"} | headers,
    )
    refused(answer, 422, "NotWellFormed", "body")


def test_refusals_speak_chinese(house):
    with speaking(house, "goals", person(CHEN)) as me:
        me.language = "zh-CN"
        told = me.ask("publish-objectives", {"objective_ids": [str(uuid4())]}).json()
    assert told["code"] == "UnknownObjective"
    assert told["detail"] == "没有这个编号的目标。请核对地址。"


def test_a_draft_after_its_parent_in_one_command(house, chen):
    cycle_id = a_cycle(house, chen)
    parent = an_objective(cycle_id)
    link = {
        "objective_id": parent["objective_id"],
        "key_result_id": parent["key_results"][0]["key_result_id"],
    }
    child = an_objective(cycle_id, alignments=[link])
    chen.done("draft-objectives", {"objectives": [child, parent]})
    back = {"objective_id": child["objective_id"]}
    circle = {"objective_id": parent["objective_id"], "link": back}
    answer = chen.ask("align-objectives", {"alignments": [circle]})
    refused(answer, 422, "AlignedInACircle", "alignments[0].alignments")
    circle["link"]["mode"] = "supports"
    chen.done("align-objectives", {"alignments": [circle]})
    chen.done("end-alignments", {"alignments": [circle]})


def test_two_ways_up_to_the_same_objective(house, chen):
    cycle_id = a_cycle(house, chen)

    def above(*parents):
        return an_objective(
            cycle_id, alignments=[{"objective_id": p["objective_id"]} for p in parents]
        )

    top = above()
    left, right = above(top), above(top)
    bottom = above(left, right)
    chen.done("draft-objectives", {"objectives": [bottom, right, left, top]})
    circle = {
        "objective_id": top["objective_id"],
        "link": {"objective_id": bottom["objective_id"]},
    }
    refused(chen.ask("align-objectives", {"alignments": [circle]}), 422, "AlignedInACircle")


def test_an_alignment_to_nothing_is_refused_by_its_place(house, chen):
    lost = an_objective(a_cycle(house, chen), alignments=[{"objective_id": str(uuid4())}])
    answer = chen.ask("draft-objectives", {"objectives": [lost]})
    refused(answer, 422, "AlignedToNothing", "objectives[0].alignments")


def test_only_the_approver_enters_an_approval(house, chen, wu):
    objective_id, (first, _) = published(house, chen)
    change = {"what": "target", "key_result_id": first, "target": "1000"}
    body = a_revision(house, objective_id, change, asked_by=str(CHEN), approved_by=str(WU))
    refused(
        chen.ask("revise-objectives", body), 422, "ApprovalOfAnother", "revisions[0].approved_by"
    )
    wu.done("revise-objectives", body)


def test_a_service_for_nobody_names_the_asker(house, chen):
    objective_id, (first, _) = published(house, chen)
    change = {"what": "target", "key_result_id": first, "target": "1000"}
    with speaking(house, "goals", service("import")) as importing:
        body = a_revision(house, objective_id, change)
        refused(importing.ask("revise-objectives", body), 422, "AskerMissing")


def test_only_imports_name_an_earlier_day_of_publication(house, chen, importing):
    objective = an_objective(a_cycle(house, chen))
    chen.done("draft-objectives", {"objectives": [objective]})
    day = today(house) - timedelta(days=39)
    body = {"objective_ids": [objective["objective_id"]], "published_on": str(day)}
    refused(chen.ask("publish-objectives", body), 422, "OnlyImportsNameTheDay")
    future = body | {"published_on": str(today(house) + timedelta(days=1))}
    refused(importing.ask("publish-objectives", future), 422, "PublishedInTheFuture")
    assert importing.done("publish-objectives", body)["warnings"] == []


def test_a_kpi_nobody_defined_is_mentioned(house, chen):
    kpi = {"kpi_id": str(uuid4()), "definition_version": 1, "subject_id": str(SALES)}
    objective = an_objective(a_cycle(house, chen))
    objective["key_results"][0]["kpi"] = kpi
    chen.done("draft-objectives", {"objectives": [objective]})
    told = chen.done("publish-objectives", {"objective_ids": [objective["objective_id"]]})
    assert "KpiNotDefinedYet" in {w["code"] for w in told["warnings"]}


def test_suggestions_are_accepted_or_declined(house, chen, wu):
    cycle_id = a_cycle(house, chen)
    ids = [str(uuid4()), str(uuid4())]
    suggested = [
        {
            "objective_id": one,
            "cycle_id": str(cycle_id),
            "unit_id": str(SALES),
            "title": "Answer sooner",
        }
        for one in ids
    ]
    chen.done("suggest-objectives", {"suggestions": suggested})
    wu.done("accept-suggestion", {"objective_id": ids[0], "responsible_id": str(CHEN)})
    wu.done("decline-suggestion", {"objective_id": ids[1], "reason": "not now"})
    again = {"objective_id": ids[1], "responsible_id": str(CHEN)}
    refused(wu.ask("accept-suggestion", again), 422, "ObjectiveIsNotSuggested")
    unknown = {"objective_id": str(uuid4()), "responsible_id": str(CHEN)}
    refused(wu.ask("accept-suggestion", unknown), 422, "ObjectiveIsNotSuggested")


def test_key_results_come_and_go(house, chen):
    objective_id, (first, second) = published(house, chen)
    third, fourth = str(uuid4()), str(uuid4())
    drop = {"what": "key_result_dropped", "key_result_id": second}
    add = customers(third, title="Orders won") | {"what": "key_result_added"}
    successor = customers(fourth, title="Customers abroad") | {"what": "key_result_added"}
    replace = {"what": "key_result_replaced", "key_result_id": first, "successor": successor}
    another = {"what": "measure", "key_result_id": third, "measure": {"type": "boolean"}}
    wording = {"what": "wording", "title": "Win customers abroad"}
    asked = [
        a_revision(house, objective_id, change)["revisions"][0]
        for change in (drop, add, replace, another, wording)
    ]
    for _ in range(2):
        told = chen.done("revise-objectives", {"revisions": asked})
    assert told["warnings"] == []
    assert facts(house, objective_id)[4:] == [
        "goals.KeyResult.Dropped",
        "goals.KeyResult.Added",
        "goals.KeyResult.Replaced",
        "goals.KeyResult.MeasureReplaced",
        "goals.Objective.Reworded",
    ]


def test_an_objective_is_put_off(house, chen):
    ids = [published(house, chen)[0], published(house, chen)[0]]
    chen.done("postpone-objectives", {"objective_ids": ids, "reason": "the law changed"})
    assert facts(house, ids[1])[-1] == "goals.Objective.Postponed"
    unknown = {"objective_ids": [*ids, str(uuid4())], "reason": "no"}
    refused(
        chen.ask("cancel-objectives", unknown),
        422,
        "ObjectiveHasEnded",
        "objective_ids[0].objective_id",
    )


def test_a_cycle_within_a_year(house, chen):
    year = a_cycle(house, chen)
    quarter = {
        "cycle_id": str(uuid4()),
        "code": "Q",
        "kind": "quarter",
        "first": "2026-07-01",
        "last": "2026-09-30",
        "parent_id": str(year),
    }
    chen.done("plan-cycles", {"cycles": [quarter]})
    lost = quarter | {"cycle_id": str(uuid4()), "parent_id": str(uuid4())}
    refused(chen.ask("plan-cycles", {"cycles": [lost]}), 404, "UnknownCycle", "cycles[0].cycle_id")


def graded(house, me):
    """A published objective whose cycle is in grading."""
    cycle_id = a_cycle(house, me)
    objective = an_objective(cycle_id)
    me.done("draft-objectives", {"objectives": [objective]})
    told = me.done("publish-objectives", {"objective_ids": [objective["objective_id"]]})
    assert told["streams"]
    me.done("activate-cycles", {"cycle_ids": [str(cycle_id)]})
    me.done("open-grading", {"cycle_ids": [str(cycle_id)]})
    return cycle_id, objective["objective_id"]


def test_closing_scores_and_asks_why(house, chen):
    cycle_id, objective_id = graded(house, chen)
    chen.read(f"/objectives/{objective_id}")
    closing = {"objective_id": objective_id, "note": "We tried."}
    chen.done("close-objectives", {"closings": [closing]})
    chen.done("close-objectives", {"closings": [closing]})
    better = {"objective_id": objective_id, "score": "0.4", "reason": "half was done"}
    chen.done("rescore-objective", better)
    chen.done("write-post-mortem", {"objective_id": objective_id, "text": "Began too late."})
    assert facts(house, objective_id)[4:] == [
        "goals.Objective.Closed",
        "goals.Objective.PostMortemAsked",
        "goals.Objective.Rescored",
        "goals.Objective.PostMortemWritten",
    ]
    chen.done("close-cycles", {"cycle_ids": [str(cycle_id)]})
    refused(chen.ask("rescore-objective", better | {"score": "0.5"}), 422, "CycleIsClosed")


def test_an_objective_goes_on_in_another_cycle(house, chen):
    _, objective_id = graded(house, chen)
    chen.done("cancel-objectives", {"objective_ids": [objective_id], "reason": "no money"})
    following, into = a_cycle(house, chen), str(uuid4())
    body = {"objective_id": objective_id, "into": into, "cycle_id": str(following)}
    for _ in range(2):
        chen.done("carry-over-objective", body)
    assert facts(house, into) == [
        "goals.Objective.Drafted",
        "goals.KeyResult.Drafted",
        "goals.KeyResult.Drafted",
    ]


def test_cycles_move_their_days_and_policy_has_versions(house, chen):
    cycle_id = str(a_cycle(house, chen))
    day = str(today(house))
    chen.done("choose-cadence", {"cycle_id": cycle_id, "cadence": "biweekly"})
    chen.done("move-mid-cycle-review", {"cycle_id": cycle_id, "on": day})
    chen.done("move-drafting-window", {"cycle_id": cycle_id, "first": day, "last": day})
    chen.done("activate-cycles", {"cycle_ids": [cycle_id]})
    chen.done("open-grading", {"cycle_ids": [cycle_id]})
    chen.done("reopen-grading", {"cycle_id": cycle_id, "reason": "one was forgotten"})
    assert facts(house, cycle_id)[2:] == [
        "goals.Cycle.CadenceChosen",
        "goals.Cycle.MidCycleReviewMoved",
        "goals.Cycle.DraftingWindowMoved",
        "goals.Cycle.Activated",
        "goals.Cycle.GradingOpened",
        "goals.Cycle.GradingReopened",
    ]
    adopted = chen.done("adopt-policy", {"policy": {"key_results_at_most": 4}})
    assert adopted["streams"][0]["id"] == str(id_of("goals", "policy"))


def test_the_appraisal_is_shut_out(house, chen):
    token = house.keys.minter("appraisal").mint_own("appraisal", "goals")
    for path in ("/cycles", "/objectives", "/feeds/objectives"):
        answer = chen.client.get(
            f"{house.url('goals')}{path}", headers={"Authorization": f"Bearer {token}"}
        )
        refused(answer, 403, "IdentityRefused")


def test_nothing_is_asked_without_a_token_or_a_request_id(house, chen):
    objective_id = str(UUID(int=1))
    body = {"objective_ids": [objective_id]}
    url = f"{house.url('goals')}/commands/publish-objectives"
    assert chen.client.post(url, json=body).status_code == 401
    refused(
        chen.ask("publish-objectives", body, **{"Idempotency-Key": ""}), 400, "RequestIdMissing"
    )
