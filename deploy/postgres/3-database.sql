-- Once per service, in the service's own database, as a superuser:
--   psql -v service=cairn_goals -v owner=cairn_goals_owner -f 3-database.sql cairn_goals
-- The service reads its log and may call what the migrations grant it by name (the append
-- function); it can neither write nor alter what is recorded.

REVOKE ALL ON SCHEMA public FROM PUBLIC;

CREATE SCHEMA IF NOT EXISTS log AUTHORIZATION :"owner";

GRANT USAGE ON SCHEMA log TO :"service";

ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" IN SCHEMA log GRANT SELECT ON TABLES TO :"service";

ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
