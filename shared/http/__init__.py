"""What every service's HTTP side has in common: tokens, refusals, commands, reads, feeds, health."""
