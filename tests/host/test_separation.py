"""The walls that need nothing running, each seen to give where it is broken."""

from pathlib import Path

import pytest

from services.host import separation
from services.host.provisioning import Access
from shared.contracts import kpis
from shared.contracts.records import Contract


def test_what_appraisal_reaches_by_imports_names_no_okr_contract() -> None:
    wall = separation._imports()
    assert (wall.verdict, wall.name) == ("holds", "imports")


def test_a_hidden_import_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in {
        "services/appraisal/domain/sly.py": "def f():\n    from shared.kernel import helper\n",
        "shared/kernel/helper.py": "import shared.contracts.objectives\n",
        "shared/contracts/objectives.py": "",
    }.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    monkeypatch.setattr(separation, "ROOT", tmp_path)
    wall = separation._imports()
    assert (wall.verdict, wall.evidence) == ("broken", "shared.contracts.objectives")


def test_a_process_of_its_own_loads_no_okr_contract() -> None:
    assert separation._loaded_modules().verdict == "holds"


def test_a_topic_is_only_guarded_where_there_is_a_broker() -> None:
    assert separation._kafka("pull").verdict == "not enforced in this shape"


def test_a_record_of_kpis_that_names_a_key_result_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    assert separation._contract().verdict == "holds"

    class Leaking(Contract, name="cairn.metrics.kpi.leaking.v1"):
        key_result_id: str

    monkeypatch.setattr(kpis, "Leaking", Leaking, raising=False)
    wall = separation._contract()
    assert (wall.verdict, wall.evidence) == ("broken", "cairn.metrics.kpi.leaking.v1.key_result_id")


def test_a_database_that_lets_appraisal_in_is_found(postgres: str) -> None:
    closed = postgres.replace("postgresql://", "postgresql://", 1)
    access = {"appraisal": Access(closed, closed), "goals": Access(closed, closed)}
    wall = separation._databases(access)
    assert (wall.verdict, wall.evidence) == ("broken", "goals")
