#!/bin/sh
# Makes every service's roles and database with psql, as a superuser named by the usual PG…
# variables. The official PostgreSQL image runs it at its first start (compose.yaml mounts it);
# running it again sets the passwords and changes nothing else.
# Passwords come from the environment: CAIRN_GOALS_PASSWORD, CAIRN_GOALS_OWNER_PASSWORD, …
set -eu

files=${CAIRN_POSTGRES_FILES:-$(dirname "$0")}

run() {
    psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --dbname "$1"
}

run postgres <"$files/1-server.sql"

for service in directory goals metrics appraisal web; do
    capitals=$(echo "$service" | tr '[:lower:]' '[:upper:]')
    eval ": \"\${CAIRN_${capitals}_PASSWORD:?} \${CAIRN_${capitals}_OWNER_PASSWORD:?}\""
    names="\\set service cairn_$service
\\set owner cairn_${service}_owner"
    {
        echo "$names"
        # read by psql itself, so that no process list shows them
        echo "\\getenv runtime_password CAIRN_${capitals}_PASSWORD"
        echo "\\getenv owner_password CAIRN_${capitals}_OWNER_PASSWORD"
        cat "$files/2-roles.sql"
    } | run postgres
    { echo "$names"; cat "$files/3-database.sql"; } | run "cairn_$service"
done
