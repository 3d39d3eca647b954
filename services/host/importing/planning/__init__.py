"""From a checked file to the commands that bring it about, day by day and in their order."""
