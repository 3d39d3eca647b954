-- People's posts, lines and roles, the tree of units with heads and champions, and the calendar:
-- ids only. What holds from a day on is kept statement by statement, the later one winning.

CREATE TABLE person (
    person_id     uuid      NOT NULL,
    employed_from date      NOT NULL,
    last_day      date,
    active        boolean   NOT NULL,   -- false: cannot act, whatever the days say
    during        tstzrange NOT NULL
);
CREATE UNIQUE INDEX person_now ON person (person_id) WHERE upper_inf(during);
CREATE UNIQUE INDEX person_since ON person (person_id, lower(during));
CREATE INDEX person_during ON person USING gist (during);

CREATE TABLE post (
    person_id      uuid        NOT NULL,
    unit_id        uuid        NOT NULL,
    held           boolean     NOT NULL,   -- false: no post in this unit from that day on
    effective_from date        NOT NULL,
    recorded_at    timestamptz NOT NULL,
    position       bigint      NOT NULL PRIMARY KEY
);
CREATE INDEX post_of_person ON post (person_id, unit_id, position DESC);
CREATE INDEX post_of_unit ON post (unit_id, person_id, position DESC);

CREATE TABLE role (
    person_id      uuid      NOT NULL,
    role           text      NOT NULL,
    unit_id        uuid      NOT NULL,   -- all zeros: everywhere
    effective_from date      NOT NULL,
    expires_on     date,
    during         tstzrange NOT NULL
);
CREATE UNIQUE INDEX role_now ON role (person_id, role, unit_id) WHERE upper_inf(during);
CREATE UNIQUE INDEX role_since ON role (person_id, role, unit_id, lower(during));
CREATE INDEX role_during ON role USING gist (during);

CREATE TABLE delegation (
    delegation_id uuid      NOT NULL,
    giver_id      uuid      NOT NULL,
    receiver_id   uuid      NOT NULL,
    scope         text      NOT NULL,   -- areas, with spaces between
    unit_id       uuid,
    first         date      NOT NULL,
    last          date      NOT NULL,
    during        tstzrange NOT NULL
);
CREATE UNIQUE INDEX delegation_now ON delegation (delegation_id) WHERE upper_inf(during);
CREATE UNIQUE INDEX delegation_since ON delegation (delegation_id, lower(during));
CREATE INDEX delegation_to ON delegation (receiver_id);

CREATE TABLE manager_link (
    person_id      uuid        NOT NULL,
    kind           text        NOT NULL,   -- line, functional or project
    manager_id     uuid,                   -- null: no manager of this kind from that day on
    effective_from date        NOT NULL,
    position       bigint      NOT NULL PRIMARY KEY,
    recorded_at    timestamptz NOT NULL
);
CREATE INDEX manager_link_of ON manager_link (person_id, kind, position DESC);
CREATE INDEX manager_link_to ON manager_link (manager_id);

CREATE TABLE unit_parent (
    unit_id        uuid        NOT NULL,
    parent_id      uuid,
    effective_from date        NOT NULL,
    position       bigint      NOT NULL PRIMARY KEY,
    recorded_at    timestamptz NOT NULL
);
CREATE INDEX unit_parent_of ON unit_parent (unit_id, position DESC);
CREATE INDEX unit_parent_to ON unit_parent (parent_id);

CREATE TABLE unit_lead (
    unit_id        uuid        NOT NULL,
    part           text        NOT NULL,   -- head or champion
    person_id      uuid,                   -- null: nobody from that day on
    effective_from date        NOT NULL,
    position       bigint      NOT NULL PRIMARY KEY,
    recorded_at    timestamptz NOT NULL
);
CREATE INDEX unit_lead_of ON unit_lead (unit_id, part, position DESC);
CREATE INDEX unit_led_by ON unit_lead (person_id);

CREATE TABLE calendar_period (
    code        text        NOT NULL PRIMARY KEY,
    kind        text        NOT NULL,
    first       date        NOT NULL,
    last        date        NOT NULL,
    recorded_at timestamptz NOT NULL
);

CREATE TABLE calendar_day (
    day    date      NOT NULL,
    kind   text      NOT NULL,
    during tstzrange NOT NULL
);
CREATE UNIQUE INDEX calendar_day_now ON calendar_day (day) WHERE upper_inf(during);
CREATE UNIQUE INDEX calendar_day_since ON calendar_day (day, lower(during));
CREATE INDEX calendar_day_during ON calendar_day USING gist (during);
