"""Every promise of SCIM 2.0 that scim2-tester knows, asked over HTTP of a directory that runs."""

from scim2_client.engines.httpx2 import SyncSCIMClient
from scim2_tester import Status, check_server

from tests.support.house import running
from tests.support.postgres import Databases
from tests.support.provisioning import provisioning


def test_every_check_of_the_tester_passes(databases: Databases) -> None:
    with running(databases, "directory") as house, provisioning(house) as provider:
        results = check_server(SyncSCIMClient(provider.client))
    failed = [
        f"{one.status.name} {one.title} {one.resource_type}: {one.reason}"
        for one in results
        if one.status is not Status.SUCCESS
    ]
    assert failed == []
    assert len(results) >= 135
