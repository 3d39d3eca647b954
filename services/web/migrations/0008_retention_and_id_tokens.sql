-- What the company's sign-in said of whoever came in, until they sign out: sealed with a key that only
-- the cookie of the session gives, and gone with the session.
CREATE TABLE web.id_tokens (
    token_hash bytea PRIMARY KEY REFERENCES web.sessions (token_hash) ON DELETE CASCADE,
    sealed     bytea NOT NULL
);

-- Old lines of the log of signing in may go: none within thirty days, whoever asks.
CREATE FUNCTION web.refuse_loss() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.at < clock_timestamp() - interval '30 days' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'the log of signing in is kept for thirty days at least';
END
$$;

CREATE OR REPLACE TRIGGER never_changed BEFORE UPDATE ON web.sign_ins
    FOR EACH ROW EXECUTE FUNCTION web.refuse_change();
CREATE TRIGGER kept_a_while BEFORE DELETE ON web.sign_ins
    FOR EACH ROW EXECUTE FUNCTION web.refuse_loss();
ALTER TABLE web.sign_ins ENABLE ALWAYS TRIGGER never_changed;
ALTER TABLE web.sign_ins ENABLE ALWAYS TRIGGER kept_a_while;
CREATE INDEX sign_ins_instant ON web.sign_ins (at);

-- Drop some of the lines older than so many days, the oldest first; how many went.
CREATE FUNCTION web.forget_old_sign_ins(days integer, at_once integer) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = web, pg_temp AS $$
    WITH old AS (
        SELECT sign_in_id FROM web.sign_ins
        WHERE at < clock_timestamp() - make_interval(days => greatest(days, 30))
        ORDER BY at LIMIT at_once
    ), gone AS (
        DELETE FROM web.sign_ins s USING old WHERE s.sign_in_id = old.sign_in_id RETURNING 1
    ) SELECT count(*) FROM gone
$$;
REVOKE ALL ON FUNCTION web.forget_old_sign_ins(integer, integer) FROM PUBLIC;

DO $$
BEGIN
    EXECUTE format('GRANT SELECT, INSERT ON web.id_tokens TO %I', current_database());
    EXECUTE format(
        'GRANT EXECUTE ON FUNCTION web.forget_old_sign_ins(integer, integer) TO %I',
        current_database()
    );
END
$$;
