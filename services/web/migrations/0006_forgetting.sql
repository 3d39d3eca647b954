-- What the pages keep of someone who is forgotten: open sessions, access tokens with the names that
-- were given to them, and an account with a password. The log of signing in stays for its own time:
-- it holds ids and hashes, and no names.
CREATE FUNCTION web.forget_person(who uuid) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = web, pg_temp AS $$
    WITH sessions_gone AS (DELETE FROM web.sessions WHERE person_id = who RETURNING 1),
         tokens_gone AS (DELETE FROM web.access_tokens WHERE person_id = who RETURNING 1),
         accounts_gone AS (DELETE FROM web.local_accounts WHERE person_id = who RETURNING 1)
    SELECT (SELECT count(*) FROM sessions_gone) + (SELECT count(*) FROM tokens_gone)
         + (SELECT count(*) FROM accounts_gone)
$$;
REVOKE ALL ON FUNCTION web.forget_person(uuid) FROM PUBLIC;

DO $$
BEGIN
    EXECUTE format('GRANT EXECUTE ON FUNCTION web.forget_person(uuid) TO %I', current_database());
END
$$;
