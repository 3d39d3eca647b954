"""Records people, units and the calendar; publishes organisation; reads nothing."""
