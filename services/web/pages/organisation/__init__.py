"""The organisation: units, people, their roles and delegations, and the calendar."""
