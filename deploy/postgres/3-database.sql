-- Once per service, in the service's own database, as a superuser:
--   psql -v service=cairn_goals -v owner=cairn_goals_owner -f 3-database.sql cairn_goals
-- The owner's migrations make the schema "log". The service sees what the owner makes and may call
-- the functions that the migrations grant it by name; it can neither write nor alter what is
-- recorded. Its own tables stand in schemas that it makes itself.

REVOKE ALL ON SCHEMA public FROM PUBLIC;

GRANT USAGE ON SCHEMA public TO :"service";

ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" GRANT USAGE ON SCHEMAS TO :"service";

ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" GRANT SELECT ON TABLES TO :"service";

ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
