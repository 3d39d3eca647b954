-- Check-ins of key results, each row with the time during which an entry said so.

CREATE TABLE check_in (
    entry_id          uuid        NOT NULL,
    key_result_id     uuid        NOT NULL,
    rank              bigint      NOT NULL,   -- the position of its first fact: its rank in time
    observed_on       date        NOT NULL,
    value             numeric,
    milestones_done   jsonb,
    level             text,
    confidence        integer,
    reported_status   text,
    responsible_id    uuid        NOT NULL,
    origin            text        NOT NULL,
    source            text,
    external_id       text,
    actor             text        NOT NULL,   -- who first entered it
    on_behalf_of      text,
    first_recorded_at timestamptz NOT NULL,
    said_by           text        NOT NULL,   -- who said what this row says
    said_for          text,
    withdrawn         boolean     NOT NULL,
    during            tstzrange   NOT NULL
);
CREATE UNIQUE INDEX check_in_now ON check_in (entry_id) WHERE upper_inf(during);
CREATE UNIQUE INDEX check_in_since ON check_in (entry_id, lower(during));
CREATE INDEX check_in_of ON check_in (key_result_id, rank);
CREATE INDEX check_in_during ON check_in USING gist (during);

-- Personal text: erasable, and never outside this service's log.
CREATE TABLE check_in_words (
    entry_id       uuid      NOT NULL,
    key_result_id  uuid      NOT NULL,
    progress       text      NOT NULL,
    obstacles      text      NOT NULL,
    support_needed text      NOT NULL,
    during         tstzrange NOT NULL
);
CREATE UNIQUE INDEX check_in_words_now ON check_in_words (entry_id) WHERE upper_inf(during);
CREATE UNIQUE INDEX check_in_words_since ON check_in_words (entry_id, lower(during));
CREATE INDEX check_in_words_during ON check_in_words USING gist (during);
