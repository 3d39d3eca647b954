-- Definitions, commitments and measurements as they were known at any instant; from the feed kpis.

CREATE TABLE kpi_definitions (
    kpi         uuid      NOT NULL,
    definition  integer   NOT NULL,
    code        text      NOT NULL,
    name_zh     text      NOT NULL,
    name_en     text      NOT NULL,
    unit        text      NOT NULL,
    direction   text      NOT NULL,
    over_time   text      NOT NULL,
    frequency   text      NOT NULL,
    grain       text      NOT NULL,
    sources     jsonb     NOT NULL,
    numerator_id   uuid,
    denominator_id uuid,
    effective_from date,
    during      tstzrange NOT NULL
);
CREATE UNIQUE INDEX ON kpi_definitions (kpi, definition) WHERE upper_inf(during);
CREATE UNIQUE INDEX ON kpi_definitions (kpi, definition, lower(during));
CREATE INDEX ON kpi_definitions USING gist (during);

CREATE TABLE commitment_terms (
    commitment     uuid      NOT NULL,
    number         integer   NOT NULL,
    kpi            uuid      NOT NULL,
    subject        uuid      NOT NULL,
    period         text      NOT NULL,
    first          date      NOT NULL,
    last           date      NOT NULL,
    terms          jsonb     NOT NULL,
    effective_from date      NOT NULL,
    reason         text,
    category       text,
    offered_by     text      NOT NULL,
    offered_at     timestamptz NOT NULL,
    agreed_at      timestamptz,
    records        jsonb     NOT NULL,
    agreement      jsonb,
    during         tstzrange NOT NULL
);
CREATE UNIQUE INDEX ON commitment_terms (commitment, number) WHERE upper_inf(during);
CREATE UNIQUE INDEX ON commitment_terms (commitment, number, lower(during));
CREATE INDEX ON commitment_terms USING gist (during);
CREATE INDEX ON commitment_terms (subject, kpi);

CREATE TABLE suspensions (
    commitment uuid      NOT NULL,
    first      date      NOT NULL,
    last       date      NOT NULL,
    reason     text      NOT NULL,
    during     tstzrange NOT NULL
);
CREATE UNIQUE INDEX ON suspensions (commitment, first, last) WHERE upper_inf(during);
CREATE UNIQUE INDEX ON suspensions (commitment, first, last, lower(during));
CREATE INDEX ON suspensions USING gist (during);

CREATE TABLE kpi_entries (
    entry       uuid      NOT NULL,
    kpi         uuid      NOT NULL,
    subject     uuid      NOT NULL,
    value       numeric   NOT NULL,
    period      text      NOT NULL,
    observed_on date      NOT NULL,
    origin      text      NOT NULL,
    source      text      NOT NULL,
    author      text      NOT NULL,
    rank        bigint    NOT NULL,
    stream      uuid      NOT NULL,
    position    bigint    NOT NULL,
    version     integer   NOT NULL,
    corrected   boolean   NOT NULL,
    during      tstzrange NOT NULL
);
CREATE UNIQUE INDEX ON kpi_entries (entry) WHERE upper_inf(during);
CREATE UNIQUE INDEX ON kpi_entries (entry, lower(during));
CREATE INDEX ON kpi_entries USING gist (during);
CREATE INDEX ON kpi_entries (subject, kpi, observed_on);

-- Everything said about a figure, in order: what a sealed result is compared with.
CREATE TABLE kpi_says (
    position    bigint      NOT NULL PRIMARY KEY,
    kpi         uuid        NOT NULL,
    subject     uuid        NOT NULL,
    entry       uuid        NOT NULL,
    stream      uuid        NOT NULL,
    version     integer     NOT NULL,
    recorded_at timestamptz NOT NULL
);
CREATE INDEX ON kpi_says (subject, kpi, position);
