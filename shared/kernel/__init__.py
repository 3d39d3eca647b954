"""Words of all domains: facts, refusals, actors, ids, periods, decimals, clock; nothing else."""
