-- Once per service, in the database "postgres", as a superuser:
--   psql -v service=cairn_goals -v owner=cairn_goals_owner \
--        -v owner_password=… -v runtime_password=… -f 2-roles.sql postgres
-- The owner holds the log and runs the migrations; the service itself works as the runtime role,
-- which is named like its database. Running it again sets the passwords and changes nothing else.

SELECT format('CREATE ROLE %I', :'owner')
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'owner') \gexec

SELECT format('CREATE ROLE %I', :'service')
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'service') \gexec

ALTER ROLE :"owner" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS
    PASSWORD :'owner_password';

ALTER ROLE :"service" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS
    PASSWORD :'runtime_password';

SELECT format('CREATE DATABASE %I OWNER %I ENCODING ''UTF8'' TEMPLATE template0', :'service', :'owner')
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'service') \gexec

REVOKE ALL ON DATABASE :"service" FROM PUBLIC;

-- CREATE lets the service make its own table schemas; the log's schema belongs to the owner.
GRANT CONNECT, TEMPORARY, CREATE ON DATABASE :"service" TO :"service";
GRANT CONNECT, TEMPORARY, CREATE ON DATABASE :"service" TO :"owner";

ALTER DATABASE :"service" SET timezone TO 'UTC';
