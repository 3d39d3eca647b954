"""The HTTP side of every service: tokens, refusals, commands, reads, feeds, health."""
