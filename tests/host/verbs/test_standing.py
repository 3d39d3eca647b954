"""The demonstration begins on empty logs, and never beside real history."""

from uuid import UUID

import pytest

from services.host.house import fresh_keys
from services.host.reach import Declined, Reach
from services.host.verbs.standing import record_demo
from shared.eventing.recorder import Batch, PostgresRecorder
from tests.support.log import event, open_pool, prepare
from tests.support.postgres import Databases

SERVICES = ("directory", "goals")
STREAM = UUID(int=7)


def test_where_real_history_is_the_demonstration_declines(databases: Databases) -> None:
    access = {name: databases(name) for name in SERVICES}
    for one in access.values():
        prepare(one)
    with open_pool(access["goals"].runtime) as pool:
        PostgresRecorder(pool, access["goals"].runtime).append(Batch([event(STREAM, 1)]))
    reach = Reach("http://127.0.0.1:1", fresh_keys(SERVICES), "", access)
    with pytest.raises(Declined, match="cairn up"):
        record_demo(reach, "en", "Recording")
