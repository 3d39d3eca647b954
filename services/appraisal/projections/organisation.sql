-- People, posts, lines, roles, units and the calendar as they were known at any instant. What holds
-- from a day on is kept statement by statement.

CREATE TABLE people (
    person        uuid      NOT NULL,
    employed_from date      NOT NULL,
    last_day      date,
    active        boolean   NOT NULL, -- false: cannot act, whatever the days say
    during        tstzrange NOT NULL
);
CREATE UNIQUE INDEX ON people (person) WHERE upper_inf(during);
CREATE UNIQUE INDEX ON people (person, lower(during));
CREATE INDEX ON people USING gist (during);

CREATE TABLE posts (
    person         uuid        NOT NULL,
    unit           uuid        NOT NULL,
    held           boolean     NOT NULL, -- false: no post in this unit from that day on
    effective_from date        NOT NULL,
    recorded_at    timestamptz NOT NULL,
    position       bigint      NOT NULL PRIMARY KEY
);
CREATE INDEX ON posts (person, unit, position DESC);
CREATE INDEX ON posts (unit, person, position DESC);

CREATE TABLE manager_links (
    person         uuid        NOT NULL,
    kind           text        NOT NULL,
    manager        uuid,                 -- null: no manager of this kind from that day on
    effective_from date        NOT NULL,
    recorded_at    timestamptz NOT NULL,
    position       bigint      NOT NULL PRIMARY KEY
);
CREATE INDEX ON manager_links (person, kind, position DESC);
CREATE INDEX ON manager_links (manager);

CREATE TABLE roles (
    person         uuid      NOT NULL,
    role           text      NOT NULL,
    unit           uuid      NOT NULL, -- the nil id stands for everywhere
    effective_from date      NOT NULL,
    expires_on     date,
    during         tstzrange NOT NULL
);
CREATE UNIQUE INDEX ON roles (person, role, unit) WHERE upper_inf(during);
CREATE UNIQUE INDEX ON roles (person, role, unit, lower(during));
CREATE INDEX ON roles USING gist (during);

CREATE TABLE delegations (
    delegation uuid      NOT NULL,
    giver      uuid      NOT NULL,
    receiver   uuid      NOT NULL,
    scope      text      NOT NULL, -- areas, with spaces between
    unit       uuid,
    first      date      NOT NULL,
    last       date      NOT NULL,
    during     tstzrange NOT NULL
);
CREATE UNIQUE INDEX ON delegations (delegation) WHERE upper_inf(during);
CREATE UNIQUE INDEX ON delegations (delegation, lower(during));
CREATE INDEX ON delegations (receiver);

CREATE TABLE unit_parents (
    unit           uuid        NOT NULL,
    parent         uuid,
    effective_from date        NOT NULL,
    recorded_at    timestamptz NOT NULL,
    position       bigint      NOT NULL PRIMARY KEY
);
CREATE INDEX ON unit_parents (unit, position DESC);
CREATE INDEX ON unit_parents (parent);

CREATE TABLE calendar_periods (
    code   text      NOT NULL,
    kind   text      NOT NULL,
    first  date      NOT NULL,
    last   date      NOT NULL,
    during tstzrange NOT NULL
);
CREATE UNIQUE INDEX ON calendar_periods (code) WHERE upper_inf(during);
CREATE UNIQUE INDEX ON calendar_periods (code, lower(during));
CREATE INDEX ON calendar_periods USING gist (during);

CREATE TABLE calendar_days (
    day    date      NOT NULL,
    kind   text      NOT NULL,
    during tstzrange NOT NULL
);
CREATE UNIQUE INDEX ON calendar_days (day) WHERE upper_inf(during);
CREATE UNIQUE INDEX ON calendar_days (day, lower(during));
CREATE INDEX ON calendar_days USING gist (during);
