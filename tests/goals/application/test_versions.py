"""Which version was seen."""

from uuid import UUID

import pytest

from services.goals.application.commands import OpenDrafting
from services.goals.application.versions import only_version
from services.goals.domain.errors import OneVersionForSeveral


def test_a_version_stands_for_one_thing():
    command = OpenDrafting(cycle_ids=(UUID(int=1),), expected_version=3)
    assert only_version(command, 1) == 3
    with pytest.raises(OneVersionForSeveral):
        only_version(command, 2)


def test_without_a_version_any_number_is_fine():
    assert only_version(OpenDrafting(cycle_ids=(UUID(int=1),)), 7) is None
