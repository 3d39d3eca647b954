-- Old lines of the security log may go: none that was written within the last thirty days, whoever
-- asks, and the service itself through the function below only.

CREATE FUNCTION public.refuse_loss_of_security_log() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.recorded_at < clock_timestamp() - interval '30 days' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'what was refused is kept for thirty days at least'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE OR REPLACE TRIGGER unchanged BEFORE UPDATE OR TRUNCATE ON public.security_log
    FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change_of_security_log();
CREATE TRIGGER kept_a_while BEFORE DELETE ON public.security_log
    FOR EACH ROW EXECUTE FUNCTION public.refuse_loss_of_security_log();
ALTER TABLE public.security_log ENABLE ALWAYS TRIGGER unchanged;
ALTER TABLE public.security_log ENABLE ALWAYS TRIGGER kept_a_while;

-- Drop some of the lines older than so many days, the oldest first; how many went.
CREATE FUNCTION public.forget_old_refusals(days integer, at_once integer) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH old AS (
        SELECT number FROM public.security_log
        WHERE at < clock_timestamp() - make_interval(days => days)
          AND recorded_at < clock_timestamp() - make_interval(days => greatest(days, 30))
        ORDER BY at LIMIT at_once
    ), gone AS (
        DELETE FROM public.security_log s USING old WHERE s.number = old.number RETURNING 1
    ) SELECT count(*) FROM gone
$$;
REVOKE ALL ON FUNCTION public.forget_old_refusals(integer, integer) FROM PUBLIC;

DO $$
BEGIN
    EXECUTE format(
        'GRANT EXECUTE ON FUNCTION public.forget_old_refusals(integer, integer) TO %I',
        current_database()
    );
END $$;
