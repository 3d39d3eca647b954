"""Event store, followers and feeds: recording facts in order and showing them everywhere else."""
