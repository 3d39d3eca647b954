-- What a person sees of their own sessions, when each was last used, and the log of signing in.
ALTER TABLE web.sessions
    ADD COLUMN session_id uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE,
    ADD COLUMN used_at    timestamptz,
    ADD COLUMN way        text NOT NULL DEFAULT 'development',
    ADD COLUMN device     text NOT NULL DEFAULT '';

UPDATE web.sessions SET used_at = begun_at;
ALTER TABLE web.sessions ALTER COLUMN used_at SET NOT NULL;

CREATE INDEX sessions_person ON web.sessions (person_id);

-- A name that was tried is kept as a hash only: people type passwords into the wrong field.
CREATE TABLE web.sign_ins (
    sign_in_id bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at         timestamptz NOT NULL,
    person_id  uuid,
    tried_hash bytea       CHECK (octet_length(tried_hash) = 32),
    way        text        NOT NULL CHECK (way <> ''),
    outcome    text        NOT NULL CHECK (outcome <> ''),
    address    text        NOT NULL DEFAULT '',
    device     text        NOT NULL DEFAULT ''
);

CREATE INDEX sign_ins_person ON web.sign_ins (person_id, at);
CREATE INDEX sign_ins_tried ON web.sign_ins (tried_hash, at);
CREATE INDEX sign_ins_address ON web.sign_ins (address, at);

CREATE FUNCTION web.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the log of signing in is only ever added to';
END
$$;

CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE ON web.sign_ins
    FOR EACH ROW EXECUTE FUNCTION web.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON web.sign_ins
    FOR EACH STATEMENT EXECUTE FUNCTION web.refuse_change();
ALTER TABLE web.sign_ins ENABLE ALWAYS TRIGGER never_changed;
ALTER TABLE web.sign_ins ENABLE ALWAYS TRIGGER never_emptied;

DO $$
BEGIN
    EXECUTE format('GRANT UPDATE (used_at) ON web.sessions TO %I', current_database());
    EXECUTE format('GRANT SELECT, INSERT ON web.sign_ins TO %I', current_database());
END
$$;
