-- People who sign in with a password of this installation: for those without a company's provider.
CREATE TABLE web.local_accounts (
    name            text        PRIMARY KEY CHECK (name = lower(name) AND name <> ''),
    person_id       uuid        NOT NULL UNIQUE,
    password_hash   text        NOT NULL CHECK (password_hash LIKE '$argon2id$%'),
    made_at         timestamptz NOT NULL,
    password_set_at timestamptz NOT NULL,
    disabled_at     timestamptz
);

DO $$
BEGIN
    EXECUTE format(
        'GRANT SELECT, INSERT, UPDATE (password_hash, password_set_at, disabled_at)'
        ' ON web.local_accounts TO %I', current_database()
    );
END
$$;
