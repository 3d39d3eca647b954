-- What metrics must know of published key results before it takes a check-in.

CREATE TABLE key_result (
    key_result_id  uuid      NOT NULL,
    objective_id   uuid      NOT NULL,
    responsible_id uuid      NOT NULL,
    form           text      NOT NULL,
    options        jsonb     NOT NULL,   -- names of milestones or of rubric levels
    kpi_id         uuid,                 -- the KPI that measures it
    open           boolean   NOT NULL,
    during         tstzrange NOT NULL
);
CREATE UNIQUE INDEX key_result_now ON key_result (key_result_id) WHERE upper_inf(during);
CREATE UNIQUE INDEX key_result_since ON key_result (key_result_id, lower(during));
CREATE INDEX key_result_of ON key_result (objective_id) WHERE upper_inf(during);
CREATE INDEX key_result_during ON key_result USING gist (during);

-- Who stands how to a published objective: who may see it may see what is said of its key results.
CREATE TABLE objective (
    objective_id   uuid      NOT NULL,
    holder_id      uuid      NOT NULL,
    responsible_id uuid      NOT NULL,
    visibility     text      NOT NULL,
    during         tstzrange NOT NULL
);
CREATE UNIQUE INDEX objective_now ON objective (objective_id) WHERE upper_inf(during);
CREATE UNIQUE INDEX objective_since ON objective (objective_id, lower(during));
CREATE INDEX objective_during ON objective USING gist (during);
