-- This log is published as two feeds; each is read by its own index.
CREATE INDEX facts_by_feed ON log.facts (feed, position);
