-- Who read whose result, and when. Written by the service, changed by nobody.

CREATE SCHEMA reads;

CREATE TABLE reads.results (
    number     bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    read_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    reader     text        NOT NULL,
    identity   text        NOT NULL,
    appraisal  uuid        NOT NULL,
    subject    uuid        NOT NULL,
    as_of      timestamptz,
    what       text        NOT NULL
);
CREATE INDEX ON reads.results (appraisal, number);
CREATE INDEX ON reads.results (reader, number);

CREATE FUNCTION reads.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'who read what is never changed';
END $$;

CREATE TRIGGER unchanged BEFORE UPDATE OR DELETE OR TRUNCATE ON reads.results
    FOR EACH STATEMENT EXECUTE FUNCTION reads.refuse();
ALTER TABLE reads.results ENABLE ALWAYS TRIGGER unchanged;

DO $$
BEGIN
    EXECUTE format('GRANT USAGE ON SCHEMA reads TO %I', current_database());
    EXECUTE format('GRANT SELECT, INSERT ON reads.results TO %I', current_database());
END $$;
