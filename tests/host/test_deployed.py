"""The deployment files are found in a clone; in a wheel, tests/deploy/test_wheel.py looks."""

import pytest

from services.host.deployed import deploy_file
from tests.support.sources import ROOT


def test_a_clone_has_them_in_deploy() -> None:
    assert deploy_file("postgres/2-roles.sql") == ROOT / "deploy" / "postgres" / "2-roles.sql"


def test_a_missing_one_is_named() -> None:
    with pytest.raises(FileNotFoundError, match=r"none\.sql is missing"):
        deploy_file("postgres/none.sql")
