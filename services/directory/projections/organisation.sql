-- People, units and the calendar, each row with the time during which it was known. What holds from
-- a day on is kept statement by statement: of those that hold on a day the one recorded last counts.
-- Nearly all rows hold at nearly all instants, so that an index of instants would only mislead.

CREATE TABLE person (
    person_id     uuid      NOT NULL,
    name          text,
    name_en       text,
    locale        text,
    time_zone     text,
    employed_from date,
    last_day      date,
    active        boolean   NOT NULL,   -- false: cannot act, whatever the days say
    named_at      bigint,               -- the position of the record that gave these names
    sort_zh       text      COLLATE "C",
    sort_en       text      COLLATE "C",
    during        tstzrange NOT NULL
);
CREATE UNIQUE INDEX person_now ON person (person_id) WHERE upper_inf(during);
CREATE UNIQUE INDEX person_since ON person (person_id, lower(during));

-- Everything by which people were ever found; the names that hold say which of it counts.
CREATE TABLE name_key (
    key       text   COLLATE "C" NOT NULL,
    person_id uuid   NOT NULL,
    named_at  bigint NOT NULL
);
CREATE INDEX name_key_by_key ON name_key (key);
CREATE INDEX name_key_of ON name_key (person_id);

CREATE TABLE hand_over (
    person_id      uuid      NOT NULL,
    successor_id   uuid      NOT NULL,
    effective_from date      NOT NULL,
    during         tstzrange NOT NULL
);
CREATE UNIQUE INDEX hand_over_now ON hand_over (person_id) WHERE upper_inf(during);
CREATE UNIQUE INDEX hand_over_since ON hand_over (person_id, lower(during));

CREATE TABLE post (
    person_id      uuid        NOT NULL,
    unit_id        uuid        NOT NULL,
    title          text,                    -- null: no post in this unit from that day on
    share          integer,
    effective_from date        NOT NULL,
    recorded_at    timestamptz NOT NULL,
    position       bigint      NOT NULL PRIMARY KEY
);
CREATE INDEX post_of_person ON post (person_id, unit_id, position DESC);
CREATE INDEX post_of_unit ON post (unit_id, person_id, position DESC);

CREATE TABLE manager (
    person_id      uuid        NOT NULL,
    kind           text        NOT NULL,
    manager_id     uuid,                    -- null: no manager of this kind from that day on
    effective_from date        NOT NULL,
    recorded_at    timestamptz NOT NULL,
    position       bigint      NOT NULL PRIMARY KEY
);
CREATE INDEX manager_of_person ON manager (person_id, kind, position DESC);
CREATE INDEX manager_of ON manager (manager_id);

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

CREATE TABLE delegation (
    delegation_id uuid      NOT NULL,
    giver_id      uuid      NOT NULL,
    receiver_id   uuid      NOT NULL,
    scope         text      NOT NULL,   -- areas, with spaces between
    unit_id       uuid,
    first         date      NOT NULL,
    last          date      NOT NULL,
    ended         boolean   NOT NULL,
    during        tstzrange NOT NULL
);
CREATE UNIQUE INDEX delegation_now ON delegation (delegation_id) WHERE upper_inf(during);
CREATE UNIQUE INDEX delegation_since ON delegation (delegation_id, lower(during));
CREATE INDEX delegation_by ON delegation (giver_id);
CREATE INDEX delegation_to ON delegation (receiver_id);

CREATE TABLE unit (
    unit_id              uuid      NOT NULL,
    code                 text      NOT NULL,
    kind                 text      NOT NULL,
    counts_as_department boolean   NOT NULL,
    name_zh              text,
    name_en              text,
    effective_from       date      NOT NULL,
    last_day             date,
    reopened_from        date,                 -- after the last day, when it was closed before
    during               tstzrange NOT NULL
);
CREATE UNIQUE INDEX unit_now ON unit (unit_id) WHERE upper_inf(during);
CREATE UNIQUE INDEX unit_since ON unit (unit_id, lower(during));

CREATE TABLE unit_parent (
    unit_id        uuid        NOT NULL,
    parent_id      uuid,
    effective_from date        NOT NULL,
    recorded_at    timestamptz NOT NULL,
    position       bigint      NOT NULL PRIMARY KEY
);
CREATE INDEX unit_parent_of ON unit_parent (unit_id, position DESC);
CREATE INDEX unit_parent_to ON unit_parent (parent_id);

CREATE TABLE unit_lead (
    unit_id        uuid        NOT NULL,
    part           text        NOT NULL,   -- head or champion
    person_id      uuid,                   -- null: nobody from that day on
    effective_from date        NOT NULL,
    recorded_at    timestamptz NOT NULL,
    position       bigint      NOT NULL PRIMARY KEY
);
CREATE INDEX unit_lead_of ON unit_lead (unit_id, part, position DESC);
CREATE INDEX unit_led_by ON unit_lead (person_id);

CREATE TABLE closure (
    unit_id uuid      NOT NULL,
    day     date      NOT NULL,
    reason  text      NOT NULL,
    during  tstzrange NOT NULL
);
CREATE UNIQUE INDEX closure_now ON closure (unit_id, day) WHERE upper_inf(during);
CREATE UNIQUE INDEX closure_since ON closure (unit_id, day, lower(during));

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

CREATE TABLE legal_hold (
    person_id uuid      NOT NULL,
    hold_id   uuid      NOT NULL,
    reason    text      NOT NULL,
    placed_by text      NOT NULL,
    during    tstzrange NOT NULL
);
CREATE UNIQUE INDEX legal_hold_now ON legal_hold (person_id, hold_id) WHERE upper_inf(during);
CREATE UNIQUE INDEX legal_hold_since ON legal_hold (person_id, hold_id, lower(during));
CREATE INDEX legal_hold_during ON legal_hold USING gist (during);
