-- KPI definitions, commitments and ledgers. What is stated once keeps the instant of its recording;
-- what changes carries the time during which it held.

CREATE TABLE kpi_definition (
    kpi_id         uuid        NOT NULL,
    definition     integer     NOT NULL,
    code           text        NOT NULL,
    name_zh        text        NOT NULL,
    name_en        text        NOT NULL,
    unit           text        NOT NULL,
    direction      text        NOT NULL,
    over_time      text        NOT NULL,
    over_units     text        NOT NULL,
    frequency      text        NOT NULL,
    grain          text        NOT NULL,
    owner_id       uuid        NOT NULL,
    sources        jsonb       NOT NULL,
    numerator_id   uuid,
    denominator_id uuid,
    effective_from date,
    reason         text        NOT NULL,
    actor          text        NOT NULL,
    recorded_at    timestamptz NOT NULL,
    PRIMARY KEY (kpi_id, definition)
);

CREATE TABLE commitment (
    commitment_id uuid      NOT NULL,
    kpi_id        uuid      NOT NULL,
    subject_kind  text      NOT NULL,
    subject_id    uuid      NOT NULL,
    period        text      NOT NULL,
    first         date      NOT NULL,
    last          date      NOT NULL,
    state         text,                 -- offered, agreed, disputed; empty with only a baseline
    terms_number  integer,              -- the terms put last
    disputed_for  text,
    baseline_value       numeric,
    baseline_taken_from  text,
    baseline_method      text,
    baseline_reason      text,
    baseline_evidence    jsonb,
    original_value       numeric,       -- the baseline that was set first
    original_taken_from  text,
    during        tstzrange NOT NULL
);
CREATE UNIQUE INDEX commitment_now ON commitment (commitment_id) WHERE upper_inf(during);
CREATE UNIQUE INDEX commitment_since ON commitment (commitment_id, lower(during));
CREATE INDEX commitment_of ON commitment (period, subject_id, kpi_id);
CREATE INDEX commitment_during ON commitment USING gist (during);

CREATE TABLE commitment_terms (
    commitment_id  uuid        NOT NULL,
    number         integer     NOT NULL,
    terms          jsonb       NOT NULL,
    effective_from date        NOT NULL,
    retroactive    boolean     NOT NULL,
    reason         text        NOT NULL,
    category       text,
    actor          text        NOT NULL,
    on_behalf_of   text,
    recorded_at    timestamptz NOT NULL,
    PRIMARY KEY (commitment_id, number)
);

CREATE TABLE commitment_agreement (
    commitment_id uuid        NOT NULL,
    number        integer     NOT NULL,
    actor         text        NOT NULL,
    on_behalf_of  text,
    position      bigint      NOT NULL PRIMARY KEY,
    recorded_at   timestamptz NOT NULL
);
CREATE INDEX agreement_of ON commitment_agreement (commitment_id, position);

CREATE TABLE commitment_suspension (
    commitment_id uuid        NOT NULL,
    first         date        NOT NULL,
    last          date        NOT NULL,
    reason        text        NOT NULL,
    position      bigint      NOT NULL PRIMARY KEY,
    recorded_at   timestamptz NOT NULL
);
CREATE INDEX suspension_of ON commitment_suspension (commitment_id);

CREATE TABLE kpi_ledger (
    ledger_id   uuid        NOT NULL PRIMARY KEY,
    kpi_id      uuid        NOT NULL,
    subject_id  uuid        NOT NULL,
    fiscal_year text        NOT NULL,
    recorded_at timestamptz NOT NULL
);
CREATE INDEX kpi_ledger_of ON kpi_ledger (subject_id, kpi_id);

CREATE TABLE measurement (
    entry_id          uuid        NOT NULL,
    kpi_id            uuid        NOT NULL,
    subject_kind      text        NOT NULL,
    subject_id        uuid        NOT NULL,
    rank              bigint      NOT NULL,   -- the position of its first fact: its rank in time
    value             numeric     NOT NULL,
    period            text        NOT NULL,
    observed_on       date        NOT NULL,
    origin            text        NOT NULL,
    source            text        NOT NULL,
    external_id       text,
    batch             jsonb,
    evidence          jsonb,
    note              text        NOT NULL,
    actor             text        NOT NULL,   -- who first entered it
    on_behalf_of      text,
    first_recorded_at timestamptz NOT NULL,
    said_by           text        NOT NULL,   -- who said what this row says
    said_for          text,
    reason            text        NOT NULL,
    after_sealing     boolean     NOT NULL,
    withdrawn         boolean     NOT NULL,
    during            tstzrange   NOT NULL
);
CREATE UNIQUE INDEX measurement_now ON measurement (entry_id) WHERE upper_inf(during);
CREATE UNIQUE INDEX measurement_since ON measurement (entry_id, lower(during));
CREATE INDEX measurement_of ON measurement (subject_id, kpi_id, observed_on);
CREATE INDEX measurement_during ON measurement USING gist (during);

CREATE TABLE period_seal (
    kpi_id       uuid        NOT NULL,
    subject_id   uuid        NOT NULL,
    period       text        NOT NULL,
    first        date        NOT NULL,
    last         date        NOT NULL,
    actor        text        NOT NULL,
    on_behalf_of text,
    position     bigint      NOT NULL PRIMARY KEY,
    recorded_at  timestamptz NOT NULL
);
CREATE INDEX seal_of ON period_seal (subject_id, kpi_id);
