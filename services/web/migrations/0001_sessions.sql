-- Who is signed in. The token itself is known to the browser only.
CREATE SCHEMA web;

CREATE TABLE web.sessions (
    token_hash bytea       PRIMARY KEY CHECK (octet_length(token_hash) = 32),
    person_id  uuid        NOT NULL,
    begun_at   timestamptz NOT NULL,
    ends_at    timestamptz NOT NULL
);

CREATE INDEX sessions_ends_at ON web.sessions (ends_at);

-- The service's role is named like its database.
DO $$
BEGIN
    EXECUTE format('GRANT USAGE ON SCHEMA web TO %I', current_database());
    EXECUTE format('GRANT SELECT, INSERT, DELETE ON web.sessions TO %I', current_database());
END
$$;
