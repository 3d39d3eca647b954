-- Who was refused what, and when. Written by the service, changed by nobody.

CREATE TABLE public.security_log (
    number      bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at          timestamptz NOT NULL,                              -- when it was refused
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    identity    text,       -- whose key signed the request; NULL when nobody's did
    person      text,       -- who asked, or for whom a service asked
    method      text        NOT NULL,
    route       text        NOT NULL,                              -- as a template; '' for none
    status      smallint    NOT NULL,
    code        text        NOT NULL,
    field       text,
    rule        text,
    correlation text,
    address     text,                                              -- its network only
    times       integer     NOT NULL CHECK (times > 0)             -- the same, at about the same time
);
CREATE INDEX security_log_by_instant ON public.security_log (at);
CREATE INDEX security_log_by_person ON public.security_log (person, number);
CREATE INDEX security_log_by_code ON public.security_log (code, number);

CREATE FUNCTION public.refuse_change_of_security_log() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was refused is never changed'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER unchanged BEFORE UPDATE OR DELETE OR TRUNCATE ON public.security_log
    FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change_of_security_log();
ALTER TABLE public.security_log ENABLE ALWAYS TRIGGER unchanged;

-- The service's role is named like its database.
DO $$
BEGIN
    EXECUTE format('GRANT SELECT, INSERT ON public.security_log TO %I', current_database());
END $$;
