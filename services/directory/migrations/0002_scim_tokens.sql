-- The tokens with which identity providers come in: only a hash of each, and when it was used.
CREATE SCHEMA scim;

CREATE TABLE scim.token (
    token_id   uuid        NOT NULL PRIMARY KEY DEFAULT gen_random_uuid(),
    label      text        NOT NULL,
    hash       bytea       NOT NULL UNIQUE,         -- SHA-256 of 256 random bits
    made_by    text        NOT NULL,                -- an actor's id
    made_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    expires_at timestamptz NOT NULL,
    last_used  timestamptz,
    revoked_at timestamptz
);

-- The service's role is named like its database; it can end a token and never lengthen one.
DO $$
BEGIN
    EXECUTE format('GRANT USAGE ON SCHEMA scim TO %I', current_database());
    EXECUTE format('GRANT SELECT, INSERT ON scim.token TO %I', current_database());
    EXECUTE format('GRANT UPDATE (last_used, revoked_at) ON scim.token TO %I', current_database());
END $$;
