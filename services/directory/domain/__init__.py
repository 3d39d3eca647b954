"""People, units and the calendar: what can have happened to them, and the rules."""
