-- For whom somebody acts in a session, and under which delegation; nobody: in their own name.
ALTER TABLE web.sessions
    ADD COLUMN giver_id      uuid,
    ADD COLUMN delegation_id uuid,
    ADD CHECK ((giver_id IS NULL) = (delegation_id IS NULL));

DO $$
BEGIN
    EXECUTE format(
        'GRANT UPDATE (giver_id, delegation_id) ON web.sessions TO %I', current_database()
    );
END
$$;
