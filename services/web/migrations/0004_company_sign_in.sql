-- What a browser set out with to the company's sign-in, until it comes back: once, within minutes.
CREATE TABLE web.sign_in_attempts (
    state_hash   bytea       PRIMARY KEY CHECK (octet_length(state_hash) = 32),
    browser_hash bytea       NOT NULL CHECK (octet_length(browser_hash) = 32),
    provider     text        NOT NULL,
    nonce        text        NOT NULL,
    verifier     text        NOT NULL,
    on_to        text        NOT NULL,
    begun_at     timestamptz NOT NULL
);

DO $$
BEGIN
    EXECUTE format(
        'GRANT SELECT, INSERT, DELETE ON web.sign_in_attempts TO %I', current_database()
    );
END
$$;
