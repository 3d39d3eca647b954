-- The keys under which personal fields are stored, one for each person, and what became of them.

CREATE TABLE log.subject_keys (
    subject      uuid        NOT NULL PRIMARY KEY,
    wrapped      bytea,                -- the key, wrapped by the master key; NULL once destroyed
    master       text        NOT NULL, -- which master key
    made_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    destroyed_at timestamptz,
    CONSTRAINT either_there_or_destroyed CHECK ((wrapped IS NULL) = (destroyed_at IS NOT NULL))
) WITH (autovacuum_vacuum_threshold = 0, autovacuum_vacuum_scale_factor = 0);

-- What this service has done about each person who was forgotten; finished when no table says more.
CREATE TABLE log.erasures (
    subject     uuid        NOT NULL PRIMARY KEY,
    position    bigint      NOT NULL,   -- where the directory's feed says so
    began_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    finished_at timestamptz
);

-- Up to where in the directory's feed this service has looked for people to forget.
CREATE TABLE log.erasing (
    single   boolean NOT NULL PRIMARY KEY DEFAULT true CHECK (single),
    position bigint  NOT NULL
);
INSERT INTO log.erasing (position) VALUES (0);

-- A destroyed key never comes back: no row of it may be changed or removed.
CREATE FUNCTION log.refuse_return() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a destroyed key does not come back: % is refused', TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER stays_destroyed BEFORE UPDATE OR DELETE ON log.subject_keys
    FOR EACH ROW WHEN (OLD.destroyed_at IS NOT NULL) EXECUTE FUNCTION log.refuse_return();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON log.subject_keys
    FOR EACH STATEMENT EXECUTE FUNCTION log.refuse_return();
ALTER TABLE log.subject_keys ENABLE ALWAYS TRIGGER stays_destroyed;
ALTER TABLE log.subject_keys ENABLE ALWAYS TRIGGER never_emptied;

-- Keep new keys, unless there is one for the person, and answer with those that stand.
CREATE FUNCTION log.keep_keys(subjects uuid[], new_wrapped bytea[], new_master text)
RETURNS TABLE (subject uuid, wrapped bytea, master text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = log, pg_temp AS $$
#variable_conflict use_column
BEGIN
    INSERT INTO log.subject_keys (subject, wrapped, master)
        SELECT u.subject, u.wrapped, new_master
        FROM unnest(subjects, new_wrapped) AS u (subject, wrapped) ORDER BY u.subject
        ON CONFLICT (subject) DO NOTHING;
    RETURN QUERY SELECT k.subject, k.wrapped, k.master
        FROM log.subject_keys k WHERE k.subject = ANY (subjects);
END $$;

-- Wrap keys anew under another master key; those destroyed meanwhile stay destroyed.
CREATE FUNCTION log.rewrap_keys(
    subjects uuid[], new_wrapped bytea[], new_master text, old_master text
) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = log, pg_temp AS $$
    WITH done AS (
        UPDATE log.subject_keys k SET wrapped = u.wrapped, master = new_master
        FROM unnest(subjects, new_wrapped) AS u (subject, wrapped)
        WHERE k.subject = u.subject AND k.master = old_master AND k.destroyed_at IS NULL
        RETURNING 1
    ) SELECT count(*) FROM done
$$;

-- Destroy a person's key, for ever, and the stored answers to requests about them. A person of whom
-- nothing is held gets a destroyed key too, so that nothing will be.
CREATE FUNCTION log.begin_erasure(of_subject uuid, at_position bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = log, pg_temp AS $$
DECLARE
    mark constant bytea := convert_to(E'\np1:' || replace(of_subject::text, '-', '') || ':', 'UTF8');
BEGIN
    INSERT INTO log.erasures (subject, position) VALUES (of_subject, at_position)
        ON CONFLICT (subject) DO NOTHING;
    INSERT INTO log.subject_keys (subject, master, destroyed_at)
        VALUES (of_subject, '', clock_timestamp())
        ON CONFLICT (subject) DO UPDATE SET wrapped = NULL, destroyed_at = clock_timestamp()
        WHERE subject_keys.destroyed_at IS NULL;
    DELETE FROM log.requests r
        USING log.facts f
        WHERE f.position BETWEEN r.first AND r.last AND position(mark IN f.state) > 0;
    PERFORM pg_notify('forgotten', of_subject::text);
END $$;

CREATE FUNCTION log.finish_erasure(of_subject uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = log, pg_temp AS $$
    UPDATE log.erasures SET finished_at = clock_timestamp() WHERE subject = of_subject
$$;

CREATE FUNCTION log.looked_for_erasures(up_to bigint) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = log, pg_temp AS $$
    UPDATE log.erasing SET position = up_to
$$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA log FROM PUBLIC;
