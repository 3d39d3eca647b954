"""Who is who in goals' own tables, for the policy."""

from shared.access.statements import Statements

ORGANISATION = Statements(
    people="people",
    posts="posts",
    managers="managers",
    roles="roles",
    parents="parents",
    leads="leads",
    delegations="delegations",
).organisation("goals")
