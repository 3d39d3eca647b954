-- What people said about key results: the entries that count, and what they said before correction.

CREATE TABLE entries (
    entry_id          uuid        NOT NULL,
    during            tstzrange   NOT NULL,
    key_result_id     uuid        NOT NULL,
    rank              bigint      NOT NULL,
    observed_on       date        NOT NULL,
    value             numeric,
    milestones_done   jsonb,
    level             text,
    confidence        integer,
    reported_status   text,
    responsible_id    uuid        NOT NULL,
    origin            text        NOT NULL,
    checked_in_by     text        NOT NULL,
    entered_by        text        NOT NULL, -- whose hand it was: a delegate's, or a service
    first_recorded_at timestamptz NOT NULL,
    corrected         boolean     NOT NULL
);
CREATE UNIQUE INDEX ON entries (entry_id) WHERE upper_inf(during);
CREATE UNIQUE INDEX ON entries (entry_id, lower(during));
CREATE INDEX ON entries (key_result_id, observed_on);
CREATE INDEX ON entries USING gist (during);
