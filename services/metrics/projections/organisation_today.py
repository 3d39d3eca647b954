"""Who is who in the tables of metrics, for the policy."""

from shared.access.statements import Statements

ORGANISATION = Statements(
    people="person",
    posts="post",
    managers="manager_link",
    roles="role",
    parents="unit_parent",
    leads="unit_lead",
    delegations="delegation",
).organisation("metrics")
