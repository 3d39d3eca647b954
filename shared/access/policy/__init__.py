"""The policy table: one module per service, one entry per action."""
