-- People, units and the calendar, each row with the time during which it was known.

CREATE TABLE person (
    person_id     uuid      NOT NULL,
    name          text,
    name_en       text,
    locale        text,
    time_zone     text,
    employed_from date,
    last_day      date,
    active        boolean   NOT NULL,   -- false: cannot act, whatever the days say
    during        tstzrange NOT NULL
);
CREATE UNIQUE INDEX person_now ON person (person_id) WHERE upper_inf(during);
CREATE UNIQUE INDEX person_since ON person (person_id, lower(during));
CREATE INDEX person_during ON person USING gist (during);

CREATE TABLE hand_over (
    person_id      uuid      NOT NULL,
    successor_id   uuid      NOT NULL,
    effective_from date      NOT NULL,
    during         tstzrange NOT NULL
);
CREATE UNIQUE INDEX hand_over_now ON hand_over (person_id) WHERE upper_inf(during);
CREATE UNIQUE INDEX hand_over_since ON hand_over (person_id, lower(during));
CREATE INDEX hand_over_during ON hand_over USING gist (during);

CREATE TABLE post (
    person_id      uuid      NOT NULL,
    unit_id        uuid      NOT NULL,
    title          text      NOT NULL,
    share          integer   NOT NULL,
    effective_from date      NOT NULL,
    last_day       date,
    during         tstzrange NOT NULL
);
CREATE UNIQUE INDEX post_now ON post (person_id, unit_id) WHERE upper_inf(during);
CREATE UNIQUE INDEX post_since ON post (person_id, unit_id, lower(during));
CREATE INDEX post_of_unit ON post (unit_id);
CREATE INDEX post_during ON post USING gist (during);

CREATE TABLE manager (
    person_id      uuid      NOT NULL,
    kind           text      NOT NULL,
    manager_id     uuid      NOT NULL,
    effective_from date      NOT NULL,
    during         tstzrange NOT NULL
);
CREATE UNIQUE INDEX manager_now ON manager (person_id, kind) WHERE upper_inf(during);
CREATE UNIQUE INDEX manager_since ON manager (person_id, kind, lower(during));
CREATE INDEX manager_of ON manager (manager_id);
CREATE INDEX manager_during ON manager USING gist (during);

CREATE TABLE role (
    person_id      uuid      NOT NULL,
    role           text      NOT NULL,
    scope          text      NOT NULL,   -- a unit's id, or '' for everywhere
    effective_from date      NOT NULL,
    expires_on     date,
    during         tstzrange NOT NULL
);
CREATE UNIQUE INDEX role_now ON role (person_id, role, scope) WHERE upper_inf(during);
CREATE UNIQUE INDEX role_since ON role (person_id, role, scope, lower(during));
CREATE INDEX role_during ON role USING gist (during);

CREATE TABLE unit (
    unit_id              uuid      NOT NULL,
    code                 text      NOT NULL,
    kind                 text      NOT NULL,
    parent_id            uuid,
    counts_as_department boolean   NOT NULL,
    name_zh              text,
    name_en              text,
    head_id              uuid,
    champion_id          uuid,
    effective_from       date      NOT NULL,
    during               tstzrange NOT NULL
);
CREATE UNIQUE INDEX unit_now ON unit (unit_id) WHERE upper_inf(during);
CREATE UNIQUE INDEX unit_since ON unit (unit_id, lower(during));
CREATE INDEX unit_during ON unit USING gist (during);

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
