-- Tokens with which programs act as a person: known by their hash, for some services, for a while.
CREATE TABLE web.access_tokens (
    token_id   uuid        PRIMARY KEY DEFAULT gen_random_uuid(),
    token_hash bytea       NOT NULL UNIQUE CHECK (octet_length(token_hash) = 32),
    person_id  uuid        NOT NULL,
    name       text        NOT NULL CHECK (name <> ''),
    scopes     text[]      NOT NULL CHECK (cardinality(scopes) > 0),
    made_at    timestamptz NOT NULL,
    expires_at timestamptz NOT NULL CHECK (expires_at <= made_at + interval '366 days'),
    used_at    timestamptz,
    revoked_at timestamptz
);

CREATE INDEX access_tokens_person ON web.access_tokens (person_id);

DO $$
BEGIN
    EXECUTE format(
        'GRANT SELECT, INSERT, UPDATE (used_at, revoked_at) ON web.access_tokens TO %I',
        current_database()
    );
END
$$;
