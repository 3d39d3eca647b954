-- Cycles, policies, objectives and their key results, as the own feed tells them.
-- What revisions say is kept statement by statement: which one holds depends on day and instant.

CREATE TABLE cycles (
    cycle_id         uuid      NOT NULL,
    during           tstzrange NOT NULL,
    version          bigint    NOT NULL,
    code             text      NOT NULL,
    kind             text      NOT NULL,
    first            date      NOT NULL,
    last             date      NOT NULL,
    parent_id        uuid,
    drafting_first   date      NOT NULL,
    drafting_last    date      NOT NULL,
    cadence          text      NOT NULL,
    unit_cadences    jsonb     NOT NULL,
    mid_cycle_review date,
    state            text      NOT NULL,
    closed_on        date
);
CREATE UNIQUE INDEX ON cycles (cycle_id) WHERE upper_inf(during);
CREATE UNIQUE INDEX ON cycles (cycle_id, lower(during));
CREATE INDEX ON cycles USING gist (during);

CREATE TABLE policies (
    version        bigint      NOT NULL,
    effective_from date        NOT NULL,
    recorded_at    timestamptz NOT NULL,
    position       bigint      NOT NULL PRIMARY KEY,
    says           jsonb       NOT NULL
);

CREATE TABLE objectives (
    objective_id   uuid      NOT NULL,
    during         tstzrange NOT NULL,
    version        bigint    NOT NULL,
    cycle_id       uuid      NOT NULL,
    stage          text      NOT NULL,
    terms          jsonb     NOT NULL,
    published_on   date,
    late           boolean,
    ended_on       date,
    ended_late     boolean,
    ended_reason   text,
    ended_category text,
    closing        jsonb,
    carried_into   uuid,
    post_mortem    text
);
CREATE UNIQUE INDEX ON objectives (objective_id) WHERE upper_inf(during);
CREATE UNIQUE INDEX ON objectives (objective_id, lower(during));
CREATE INDEX ON objectives (cycle_id) WHERE upper_inf(during);
CREATE INDEX ON objectives ((terms -> 'holder' ->> 'id'));
CREATE INDEX ON objectives ((terms ->> 'responsible_id'));
CREATE INDEX ON objectives USING gist (during);

CREATE TABLE key_results (
    key_result_id uuid      NOT NULL,
    during        tstzrange NOT NULL,
    objective_id  uuid      NOT NULL,
    number        integer   NOT NULL,
    original      jsonb     NOT NULL,
    joined_on     date,
    added_later   boolean   NOT NULL,
    dropped_from  date,
    successor_id  uuid
);
CREATE UNIQUE INDEX ON key_results (key_result_id) WHERE upper_inf(during);
CREATE UNIQUE INDEX ON key_results (key_result_id, lower(during));
CREATE INDEX ON key_results (objective_id);
CREATE INDEX ON key_results ((original ->> 'responsible_id'));
CREATE INDEX ON key_results USING gist (during);

CREATE TABLE statements (
    objective_id   uuid        NOT NULL,
    key_result_id  uuid,
    position       bigint      NOT NULL PRIMARY KEY,
    recorded_at    timestamptz NOT NULL,
    effective_from date        NOT NULL,
    revision_id    uuid        NOT NULL,
    says           jsonb       NOT NULL
);
CREATE INDEX ON statements (objective_id);
CREATE INDEX ON statements ((says -> 'holder' ->> 'id'));
CREATE INDEX ON statements ((says ->> 'responsible_id'));

CREATE TABLE alignments (
    objective_id         uuid      NOT NULL,
    parent_objective_id  uuid      NOT NULL,
    parent_key_result_id uuid      NOT NULL, -- all zeros: the objective itself
    mode                 text      NOT NULL,
    during               tstzrange NOT NULL
);
CREATE UNIQUE INDEX ON alignments (objective_id, parent_objective_id, parent_key_result_id, mode)
    WHERE upper_inf(during);
CREATE INDEX ON alignments (objective_id);
CREATE INDEX ON alignments (parent_objective_id);
CREATE UNIQUE INDEX ON alignments (objective_id, parent_objective_id, parent_key_result_id, mode, lower(during));
CREATE INDEX ON alignments USING gist (during);

CREATE TABLE happenings (
    stream        uuid        NOT NULL,
    key_result_id uuid,
    position      bigint      NOT NULL PRIMARY KEY,
    version       bigint      NOT NULL,
    recorded_at   timestamptz NOT NULL,
    name          text        NOT NULL,
    actor         text        NOT NULL,
    on_behalf_of  text,
    says          jsonb       NOT NULL
);
CREATE INDEX ON happenings (stream, position);
