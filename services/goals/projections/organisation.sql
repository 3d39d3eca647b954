-- People, units and the calendar, as far as goals need them: by id, without names.
-- What holds from a day on is kept statement by statement.

CREATE TABLE people (
    person_id     uuid      NOT NULL,
    during        tstzrange NOT NULL,
    employed_from date      NOT NULL,
    last_day      date,
    active        boolean   NOT NULL -- false: cannot act, whatever the days say
);
CREATE UNIQUE INDEX ON people (person_id) WHERE upper_inf(during);
CREATE UNIQUE INDEX ON people (person_id, lower(during));
CREATE INDEX ON people USING gist (during);

CREATE TABLE posts (
    person_id      uuid        NOT NULL,
    unit_id        uuid        NOT NULL,
    held           boolean     NOT NULL, -- false: no post in this unit from that day on
    effective_from date        NOT NULL,
    recorded_at    timestamptz NOT NULL,
    position       bigint      NOT NULL PRIMARY KEY
);
CREATE INDEX ON posts (person_id, unit_id, position DESC);
CREATE INDEX ON posts (unit_id, person_id, position DESC);

CREATE TABLE managers (
    person_id      uuid        NOT NULL,
    kind           text        NOT NULL,
    manager_id     uuid,                 -- null: no manager of this kind from that day on
    effective_from date        NOT NULL,
    recorded_at    timestamptz NOT NULL,
    position       bigint      NOT NULL PRIMARY KEY
);
CREATE INDEX ON managers (person_id);
CREATE INDEX ON managers (manager_id);

CREATE TABLE roles (
    person_id      uuid      NOT NULL,
    role           text      NOT NULL,
    unit_id        uuid      NOT NULL, -- all zeros: everywhere
    during         tstzrange NOT NULL,
    effective_from date      NOT NULL,
    expires_on     date
);
CREATE UNIQUE INDEX ON roles (person_id, role, unit_id) WHERE upper_inf(during);
CREATE UNIQUE INDEX ON roles (person_id, role, unit_id, lower(during));
CREATE INDEX ON roles USING gist (during);

CREATE TABLE delegations (
    delegation_id uuid      NOT NULL,
    during        tstzrange NOT NULL,
    giver_id      uuid      NOT NULL,
    receiver_id   uuid      NOT NULL,
    scope         text      NOT NULL, -- areas, with spaces between
    unit_id       uuid,
    first         date      NOT NULL,
    last          date      NOT NULL
);
CREATE UNIQUE INDEX ON delegations (delegation_id) WHERE upper_inf(during);
CREATE UNIQUE INDEX ON delegations (delegation_id, lower(during));
CREATE INDEX ON delegations (receiver_id);

CREATE TABLE units (
    unit_id               uuid      NOT NULL,
    during                tstzrange NOT NULL,
    code                  text      NOT NULL,
    kind                  text      NOT NULL,
    counts_as_department  boolean   NOT NULL,
    effective_from        date      NOT NULL
);
CREATE UNIQUE INDEX ON units (unit_id) WHERE upper_inf(during);
CREATE UNIQUE INDEX ON units (unit_id, lower(during));
CREATE INDEX ON units USING gist (during);

CREATE TABLE parents (
    unit_id        uuid        NOT NULL,
    parent_id      uuid,
    effective_from date        NOT NULL,
    recorded_at    timestamptz NOT NULL,
    position       bigint      NOT NULL PRIMARY KEY
);
CREATE INDEX ON parents (unit_id);
CREATE INDEX ON parents (parent_id);

CREATE TABLE leads (
    unit_id        uuid        NOT NULL,
    part           text        NOT NULL, -- head or champion
    person_id      uuid,                 -- null: nobody from that day on
    effective_from date        NOT NULL,
    recorded_at    timestamptz NOT NULL,
    position       bigint      NOT NULL PRIMARY KEY
);
CREATE INDEX ON leads (unit_id);
CREATE INDEX ON leads (person_id);

CREATE TABLE periods (
    code   text      NOT NULL,
    during tstzrange NOT NULL,
    kind   text      NOT NULL,
    first  date      NOT NULL,
    last   date      NOT NULL
);
CREATE UNIQUE INDEX ON periods (code) WHERE upper_inf(during);
CREATE UNIQUE INDEX ON periods (code, lower(during));
CREATE INDEX ON periods USING gist (during);

CREATE TABLE days (
    day    date      NOT NULL,
    during tstzrange NOT NULL,
    kind   text      NOT NULL
);
CREATE UNIQUE INDEX ON days (day) WHERE upper_inf(during);
CREATE UNIQUE INDEX ON days (day, lower(during));
CREATE INDEX ON days USING gist (during);
