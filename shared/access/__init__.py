"""Who may do and see what: one policy table, which decides and which filters."""
