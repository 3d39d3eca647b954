-- The log: every fact of a service, in the order in which it was committed, for ever.

CREATE SCHEMA log;

CREATE TABLE log.facts (
    position    bigint      NOT NULL,   -- 1, 2, 3 … without holes; id order is commit order
    previous    bigint      NOT NULL,   -- position before this one on the same feed, 0 at its start
    stream      uuid        NOT NULL,
    version     integer     NOT NULL,
    feed        text        NOT NULL,   -- the topic on which facts of this stream are published
    name        text        NOT NULL,   -- the stored name of the kind of fact
    state       bytea       NOT NULL,   -- envelope line, newline, body line (both JSON)
    recorded_at timestamptz NOT NULL,   -- strictly rising with position
    CONSTRAINT facts_in_order PRIMARY KEY (position),
    CONSTRAINT one_fact_per_version UNIQUE (stream, version)
);

-- What was asked and answered, kept for seven days: a repeated request gets the stored answer.
CREATE TABLE log.requests (
    request_id  text        NOT NULL PRIMARY KEY,
    body_hash   bytea       NOT NULL,
    answer      bytea       NOT NULL,
    first       bigint,
    last        bigint,
    recorded_at timestamptz NOT NULL
);
CREATE INDEX requests_by_age ON log.requests (recorded_at);

-- A log of made-up history may run on a rehearsal clock; the row stays as a mark for ever.
CREATE TABLE log.rehearsal (
    single      boolean     NOT NULL PRIMARY KEY DEFAULT true CHECK (single),
    instant     timestamptz,            -- what the clock says; NULL once the rehearsal is over
    began_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    ended_at    timestamptz
);

CREATE FUNCTION log.now() RETURNS timestamptz
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = log, pg_temp AS $$
    SELECT coalesce((SELECT instant FROM log.rehearsal), clock_timestamp())
$$;

CREATE FUNCTION log.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'facts are never altered: % on %.% is refused', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER never_altered BEFORE UPDATE OR DELETE ON log.facts
    FOR EACH ROW EXECUTE FUNCTION log.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON log.facts
    FOR EACH STATEMENT EXECUTE FUNCTION log.refuse_change();
ALTER TABLE log.facts ENABLE ALWAYS TRIGGER never_altered;
ALTER TABLE log.facts ENABLE ALWAYS TRIGGER never_emptied;

CREATE FUNCTION log.guard_rehearsal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' AND EXISTS (SELECT FROM log.facts) THEN
        RAISE EXCEPTION 'a log that has facts can no longer become a rehearsal'
            USING ERRCODE = 'integrity_constraint_violation';
    ELSIF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a rehearsal stays marked as one'
            USING ERRCODE = 'integrity_constraint_violation';
    ELSIF TG_OP = 'UPDATE' AND OLD.ended_at IS NOT NULL THEN
        RAISE EXCEPTION 'this rehearsal is over'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER rehearsal_is_marked BEFORE INSERT OR UPDATE OR DELETE ON log.rehearsal
    FOR EACH ROW EXECUTE FUNCTION log.guard_rehearsal();
ALTER TABLE log.rehearsal ENABLE ALWAYS TRIGGER rehearsal_is_marked;

-- The only writers: append_one for a lone fact, append for everything else. Both take the lock first,
-- so that the order of positions is the order of commits; both answer for each request:
-- recorded | repeated | reused (same id, other body) | conflict (a version is taken) | moved (a guard).
CREATE FUNCTION log.append_one(
    request_id text, body_hash bytea, new_answer bytea,
    stream uuid, version int, feed text, name text, state bytea,
    OUT outcome text, OUT first bigint, OUT last bigint, OUT recorded timestamptz, OUT answer bytea
) LANGUAGE plpgsql SECURITY DEFINER
SET search_path = log, pg_temp AS $$
#variable_conflict use_variable
DECLARE
    head bigint := 0;  head_time timestamptz;  head_feed text;  before_it bigint;  written int;
    known log.requests%ROWTYPE;
BEGIN
    PERFORM pg_advisory_xact_lock(7203921);
    IF request_id IS NOT NULL THEN
        SELECT * INTO known FROM log.requests r WHERE r.request_id = append_one.request_id;
        IF FOUND THEN
            outcome := CASE WHEN known.body_hash = body_hash THEN 'repeated' ELSE 'reused' END;
            first := known.first; last := known.last; recorded := known.recorded_at;
            answer := known.answer;
            RETURN;
        END IF;
    END IF;
    SELECT f.position, f.recorded_at, f.feed INTO head, head_time, head_feed
        FROM log.facts f ORDER BY f.position DESC LIMIT 1;
    IF head_feed = feed THEN
        before_it := head;
    ELSE
        SELECT coalesce(max(f.position), 0) INTO before_it
            FROM log.facts f WHERE f.feed = append_one.feed;
    END IF;
    first := coalesce(head, 0) + 1;
    recorded := greatest(coalesce((SELECT instant FROM log.rehearsal), clock_timestamp()),
                         head_time + interval '1 microsecond');
    INSERT INTO log.facts VALUES
        (first, before_it, stream, version, feed, name, state, recorded)
        ON CONFLICT ON CONSTRAINT one_fact_per_version DO NOTHING;
    GET DIAGNOSTICS written = ROW_COUNT;
    IF written = 0 THEN
        outcome := 'conflict'; first := NULL; recorded := NULL;
        RETURN;
    END IF;
    outcome := 'recorded'; last := first; answer := new_answer;
    IF request_id IS NOT NULL THEN
        INSERT INTO log.requests VALUES (request_id, body_hash, new_answer, first, last, recorded);
    END IF;
    PERFORM pg_notify('facts', first::text);
END $$;

-- Many requests in one go (group commit), set-based. No stream or request may occur in two of them:
-- the caller leaves the second for the next group. ``owners`` tell whose each request id, fact and
-- guard is, counted from 1. Those named in ``seen``, ``moved`` or ``taken`` recorded nothing; the facts
-- of the others stand from ``head + 1`` on, in the order given, a microsecond apart from ``started``.
-- Arrays are unnested in select lists: in FROM each would be written down as a whole first.
CREATE FUNCTION log.append(
    request_owners int[], request_ids text[], body_hashes bytea[], new_answers bytea[],
    fact_counts int[],
    owners int[], streams uuid[], versions int[], feeds text[], names text[], states bytea[],
    guard_owners int[], guard_streams uuid[], guard_versions int[],
    OUT head bigint, OUT started timestamptz, OUT seen int[], OUT moved int[], OUT taken int[]
) LANGUAGE plpgsql SECURITY DEFINER
SET search_path = log, pg_temp AS $$
#variable_conflict use_column
DECLARE
    head_time timestamptz;  head_feed text;  before_it bigint;  left_out int[];
    count constant int := cardinality(streams);  written bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(7203921);
    IF cardinality(request_owners) > 0 THEN
        SELECT array_agg(u.owner) INTO seen
            FROM unnest(request_owners, request_ids) AS u (owner, request_id)
            JOIN log.requests r ON r.request_id = u.request_id;
    END IF;
    IF cardinality(guard_owners) > 0 THEN
        SELECT array_agg(DISTINCT g.owner) INTO moved
            FROM unnest(guard_owners, guard_streams, guard_versions) AS g (owner, stream, version)
            JOIN log.facts f ON f.stream = g.stream AND f.version = g.version + 1;
    END IF;
    IF cardinality(fact_counts) > 1 THEN  -- a lone request is told by the constraint
        SELECT array_agg(DISTINCT u.owner) INTO taken
            FROM (SELECT unnest(owners) AS owner, unnest(streams) AS stream,
                         unnest(versions) AS version) AS u
            WHERE EXISTS (SELECT FROM log.facts f
                          WHERE f.stream = u.stream AND f.version = u.version);
    END IF;
    left_out := coalesce(seen, '{}') || coalesce(moved, '{}') || coalesce(taken, '{}');

    SELECT f.position, f.recorded_at, f.feed INTO head, head_time, head_feed
        FROM log.facts f ORDER BY f.position DESC LIMIT 1;
    head := coalesce(head, 0);
    started := greatest(coalesce((SELECT instant FROM log.rehearsal), clock_timestamp()),
                        head_time + interval '1 microsecond');

    IF left_out = '{}' AND feeds[1] = ALL (feeds) THEN
        before_it := CASE WHEN head_feed = feeds[1] THEN head ELSE
            coalesce((SELECT max(f.position) FROM log.facts f WHERE f.feed = feeds[1]), 0) END;
        INSERT INTO log.facts
        SELECT head + u.n, CASE WHEN u.n = 1 THEN before_it ELSE head + u.n - 1 END,
               u.stream, u.version, u.feed, u.name, u.state,
               started + (u.n - 1) * interval '1 microsecond'
        FROM (SELECT generate_series(1, count) AS n, unnest(streams) AS stream,
                     unnest(versions) AS version, unnest(feeds) AS feed,
                     unnest(names) AS name, unnest(states) AS state) AS u;
    ELSIF count > 0 THEN
        INSERT INTO log.facts
        SELECT head + u.n,
               coalesce(head + lag(u.n) OVER (PARTITION BY u.feed ORDER BY u.n),
                        (SELECT max(f.position) FROM log.facts f WHERE f.feed = u.feed), 0),
               u.stream, u.version, u.feed, u.name, u.state,
               started + (u.n - 1) * interval '1 microsecond'
        FROM (SELECT e.*, row_number() OVER (ORDER BY e.place) AS n
              FROM unnest(owners, streams, versions, feeds, names, states) WITH ORDINALITY
                  AS e (owner, stream, version, feed, name, state, place)
              WHERE e.owner <> ALL (left_out)) AS u;
    END IF;
    GET DIAGNOSTICS written = ROW_COUNT;
    written := CASE WHEN count > 0 THEN written ELSE 0 END;

    IF cardinality(request_owners) > 0 THEN
        INSERT INTO log.requests
        SELECT r.request_id, r.body_hash, r.new_answer,
               CASE WHEN p.facts > 0 THEN p.ends_at - p.facts + 1 END,
               CASE WHEN p.facts > 0 THEN p.ends_at END, started
        FROM (SELECT c.owner, c.facts, head + sum(CASE WHEN c.owner = ANY (left_out) THEN 0
                  ELSE c.facts END) OVER (ORDER BY c.owner) AS ends_at
              FROM unnest(fact_counts) WITH ORDINALITY AS c (facts, owner)) AS p
        JOIN unnest(request_owners, request_ids, body_hashes, new_answers)
            AS r (owner, request_id, body_hash, new_answer) ON r.owner = p.owner
        WHERE p.owner <> ALL (left_out);
    END IF;
    IF written > 0 THEN PERFORM pg_notify('facts', (head + written)::text); END IF;
END $$;

-- Where a feed ends, and an instant before which nothing more can be recorded: the shared lock waits
-- for an append that is under way.
CREATE FUNCTION log.head(of_feed text, OUT head bigint, OUT complete_through timestamptz)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = log, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(7203921);
    head := coalesce((SELECT max(f.position) FROM log.facts f WHERE f.feed = of_feed), 0);
    complete_through := greatest(
        log.now() - interval '1 microsecond',
        (SELECT f.recorded_at FROM log.facts f ORDER BY f.position DESC LIMIT 1));
END $$;

-- Forget requests that are older than seven days.
CREATE FUNCTION log.forget_old_requests() RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = log, pg_temp AS $$
    WITH gone AS (
        DELETE FROM log.requests WHERE recorded_at < log.now() - interval '7 days' RETURNING 1
    ) SELECT count(*) FROM gone
$$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA log FROM PUBLIC;
