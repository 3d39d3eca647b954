"""What can be asked of goals, and how a request is carried out: load, ask, save."""
