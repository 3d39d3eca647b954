"""The directory's tables, written by its follower."""
