"""What neighbours said decides what goals accepts: with metrics running beside it."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from shared.kernel.actors import service
from shared.kernel.ids import id_of
from tests.goals.api.test_commands import CHEN, SALES, a_cycle, a_revision, an_objective, refused
from tests.goals.api.test_commands import facts as facts_of
from tests.support.children import until
from tests.support.house import imported_for, running, speaking


@pytest.fixture(scope="module")
def house(module_databases):
    with running(module_databases, "directory", "goals", "metrics") as running_house:
        yield running_house


@pytest.fixture
def chen(house):
    with speaking(house, "goals", imported_for(CHEN)) as me:
        yield me


@pytest.fixture
def importing(house):
    with speaking(house, "metrics", service("import", CHEN)) as me:
        yield me


def drafted(chen, objective):
    chen.done("draft-objectives", {"objectives": [objective]})
    return objective["objective_id"], objective["key_results"][0]["key_result_id"]


def checked_in(importing, key_result_id, value):
    entry = {"key_result_id": key_result_id, "value": value, "entry_id": str(uuid4())}
    answer = importing.ask("check-in", {"check_ins": [entry]})
    return answer.status_code == 200


def test_type_and_unit_stay_once_something_was_measured(house, chen, importing):
    objective_id, key_result_id = drafted(chen, an_objective(a_cycle(house, chen)))
    chen.done("publish-objectives", {"objective_ids": [objective_id]})
    until(lambda: checked_in(importing, key_result_id, "300"))
    change = {"what": "measure", "key_result_id": key_result_id, "measure": {"type": "boolean"}}
    until(lambda: chen.read(f"/key-results/{key_result_id}")["actual"] == "300")
    answer = chen.ask("revise-objectives", a_revision(house, objective_id, change))
    refused(answer, 422, "AlreadyMeasured", "revisions[0].measure")


def test_the_score_proposed_at_closing_is_what_was_measured(house, chen, importing):
    cycle_id = a_cycle(house, chen)
    objective = an_objective(cycle_id)
    objective_id, key_result_id = drafted(chen, objective)
    chen.done("publish-objectives", {"objective_ids": [objective_id]})
    until(lambda: checked_in(importing, key_result_id, "900"))
    until(lambda: chen.read(f"/key-results/{key_result_id}")["actual"] == "900")
    chen.done("activate-cycles", {"cycle_ids": [str(cycle_id)]})
    chen.done("open-grading", {"cycle_ids": [str(cycle_id)]})
    chen.done("close-objectives", {"closings": [{"objective_id": objective_id}]})
    told = chen.read(f"/objectives/{objective_id}")
    # 900 of 1,200 with 60 % of the weight; the other one was never measured and is overdue.
    assert (told["stage"], Decimal(told["score"])) == ("closed", Decimal("0.45"))
    scores = told["closing"]["key_results"]
    assert [(Decimal(k["score"]), k["measured"]) for k in scores] == [
        (Decimal("0.75"), True),
        (0, False),
    ]
    assert scores[0]["value"] == "900"
    assert scores[0]["fact_ids"]


def test_a_sum_is_measured_from_zero(house, chen, importing):
    code = f"orders-{uuid4().hex[:8]}"
    definition = {
        "code": code,
        "name_zh": "签单数",
        "name_en": "Orders won",
        "unit": "orders",
        "direction": "higher",
        "over_time": "sum",
        "frequency": "day",
        "owner_id": str(CHEN),
    }
    importing.done("define-kpis", {"definitions": [definition]})
    cycle_id, kpi_id = a_cycle(house, chen), id_of("kpi", code)
    kpi = {"kpi_id": str(kpi_id), "definition_version": 1, "subject_id": str(SALES)}

    def is_refused():
        objective = an_objective(cycle_id)
        objective["key_results"][0] |= {
            "kpi": kpi,
            "measure": {"type": "metric", "baseline": "900", "target": "1200"},
        }
        answer = chen.ask("draft-objectives", {"objectives": [objective]})
        if answer.status_code == 200:
            return False
        refused(answer, 422, "SumMustStartAtZero", "objectives[0].key_results[0].baseline")
        assert facts_of(house, objective["objective_id"]) == []
        return True

    until(is_refused)


def test_after_the_mid_cycle_review_the_managers_manager_approves(house, chen):
    wu, boss, today = uuid4(), uuid4(), house.services["goals"].clock.today()

    def employee(person_id, manager_id=None):
        managers = [{"manager_id": str(manager_id)}] if manager_id else []
        name = {"name": "某人", "name_en": "Somebody", "effective_from": "2026-01-01"}
        return {"person_id": str(person_id), "managers": managers} | name

    people = [employee(boss), employee(wu, boss), employee(CHEN, wu)]
    with speaking(house, "directory", service("import", CHEN)) as directory:
        directory.done("register-people", {"people": people})
    cycle_id = a_cycle(house, chen)
    objective_id, key_result_id = drafted(chen, an_objective(cycle_id))
    chen.done("publish-objectives", {"objective_ids": [objective_id]})
    review = {"cycle_id": str(cycle_id), "on": str(today - timedelta(days=1))}
    chen.done("move-mid-cycle-review", review)
    policy = {"policy": {"revisions_need_approval": True}}
    chen.done("adopt-policy", policy)
    change = {"what": "target", "key_result_id": key_result_id, "target": "1000"}
    body = a_revision(house, objective_id, change, asked_by=str(CHEN))
    refused(chen.ask("revise-objectives", body), 422, "ApprovalMissing")

    def approved_by(approver):
        asked = {"revisions": [body["revisions"][0] | {"approved_by": str(approver)}]}
        with speaking(house, "goals", imported_for(approver)) as manager:
            return manager.ask("revise-objectives", asked)

    until(lambda: chen.read("/health/ready")["tables"][3]["position"] > 0)
    refused(approved_by(wu), 422, "ApproverTooNear", "revisions[0].approved_by")
    assert approved_by(boss).status_code == 200
