-- Schemes and appraisals as they were known at any instant; built from the own feed.

CREATE TABLE scheme_versions (
    scheme      uuid      NOT NULL,
    version     integer   NOT NULL,
    code        text      NOT NULL,
    title       jsonb     NOT NULL,
    template    text,
    from_day    date      NOT NULL,
    rules       jsonb     NOT NULL,
    signers     jsonb     NOT NULL,
    in_force    boolean   NOT NULL,
    stream_version integer NOT NULL,
    during      tstzrange NOT NULL
);
CREATE UNIQUE INDEX ON scheme_versions (scheme, version) WHERE upper_inf(during);
CREATE UNIQUE INDEX ON scheme_versions (scheme, version, lower(during));
CREATE INDEX ON scheme_versions USING gist (during);

CREATE TABLE appraisals (
    appraisal      uuid      NOT NULL,
    subject        uuid      NOT NULL,
    period         text      NOT NULL,
    first          date      NOT NULL,
    last           date      NOT NULL,
    manager        uuid      NOT NULL,
    unit           uuid      NOT NULL,
    plan           jsonb     NOT NULL,
    stage          text      NOT NULL,
    self_review    jsonb,
    manager_review jsonb,
    sealed_by      uuid,
    sealed_at      timestamptz,
    result         jsonb,
    signed_by      uuid,
    stream_version integer   NOT NULL,
    during         tstzrange NOT NULL
);
CREATE UNIQUE INDEX ON appraisals (appraisal) WHERE upper_inf(during);
CREATE UNIQUE INDEX ON appraisals (appraisal, lower(during));
CREATE INDEX ON appraisals USING gist (during);
CREATE INDEX ON appraisals (subject);

CREATE TABLE extras (
    appraisal uuid        NOT NULL,
    entry     uuid        NOT NULL,
    kind      text        NOT NULL,
    points    numeric,
    author    uuid        NOT NULL,
    reason    text        NOT NULL,
    given_at  timestamptz NOT NULL,
    during    tstzrange   NOT NULL
);
CREATE UNIQUE INDEX ON extras (appraisal, entry) WHERE upper_inf(during);
CREATE UNIQUE INDEX ON extras (appraisal, entry, lower(during));
CREATE INDEX ON extras USING gist (during);

CREATE TABLE changes (
    appraisal      uuid        NOT NULL,
    change         uuid        NOT NULL,
    kpi            uuid        NOT NULL,
    evidence       jsonb       NOT NULL,
    total_would_be numeric,
    noted_at       timestamptz NOT NULL,
    decision       text,
    decided_by     uuid,
    reason         text,
    during         tstzrange   NOT NULL
);
CREATE UNIQUE INDEX ON changes (appraisal, change) WHERE upper_inf(during);
CREATE UNIQUE INDEX ON changes (appraisal, change, lower(during));
CREATE INDEX ON changes USING gist (during);

CREATE TABLE stories (
    stream       uuid        NOT NULL,
    version      integer     NOT NULL,
    position     bigint      NOT NULL,
    recorded_at  timestamptz NOT NULL,
    name         text        NOT NULL,
    actor        text        NOT NULL,
    on_behalf_of text,
    said         jsonb       NOT NULL,
    PRIMARY KEY (stream, version)
);
