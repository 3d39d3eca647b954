-- KPIs, as far as they can measure a key result: how they add up, and their figures.

CREATE TABLE definitions (
    kpi_id         uuid        NOT NULL,
    definition     bigint      NOT NULL,
    position       bigint      NOT NULL PRIMARY KEY,
    recorded_at    timestamptz NOT NULL,
    code           text        NOT NULL,
    name_zh        text        NOT NULL,
    name_en        text        NOT NULL,
    unit           text        NOT NULL,
    direction      text        NOT NULL,
    over_time      text        NOT NULL,
    frequency      text        NOT NULL,
    grain          text        NOT NULL,
    sources        jsonb       NOT NULL,
    numerator_id   uuid,
    denominator_id uuid
);
CREATE INDEX ON definitions (kpi_id, definition);

CREATE TABLE figures (
    entry_id    uuid      NOT NULL,
    during      tstzrange NOT NULL,
    kpi_id      uuid      NOT NULL,
    subject_id  uuid      NOT NULL,
    rank        bigint    NOT NULL,
    period      text      NOT NULL,
    observed_on date      NOT NULL,
    value       numeric   NOT NULL,
    source      text      NOT NULL
);
CREATE UNIQUE INDEX ON figures (entry_id) WHERE upper_inf(during);
CREATE UNIQUE INDEX ON figures (entry_id, lower(during));
CREATE INDEX ON figures (kpi_id, subject_id, observed_on);
CREATE INDEX ON figures USING gist (during);
