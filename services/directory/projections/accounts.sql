-- How people are known outside, each row with the time during which it was known.

CREATE TABLE account (
    person_id      uuid        NOT NULL,
    stream         uuid        NOT NULL,   -- the account's own stream
    user_name      text        NOT NULL,
    user_name_key  text        NOT NULL,   -- as it is compared: capitals make no difference
    external_id    text,
    mails          jsonb       NOT NULL,
    mail_keys      jsonb       NOT NULL,   -- the addresses as they are compared
    attributes     jsonb       NOT NULL,   -- what the identity provider says besides
    keys           jsonb       NOT NULL,   -- its single texts by attribute, as they are compared
    switched_on    boolean     NOT NULL,
    opened_at      timestamptz NOT NULL,
    version        integer     NOT NULL,   -- of the account's stream
    during         tstzrange   NOT NULL
);
CREATE UNIQUE INDEX account_now ON account (stream) WHERE upper_inf(during);
CREATE UNIQUE INDEX account_since ON account (stream, lower(during));
CREATE UNIQUE INDEX account_of_person ON account (person_id) WHERE upper_inf(during);
CREATE INDEX account_by_name ON account (user_name_key);
CREATE INDEX account_by_external_id ON account (external_id);
CREATE INDEX account_by_mail ON account USING gin (mail_keys);
CREATE INDEX account_by_key ON account USING gin (keys jsonb_path_ops);
CREATE INDEX account_by_opening ON account (opened_at, person_id);
CREATE INDEX account_during ON account USING gist (during);

CREATE TABLE account_login (
    stream  uuid      NOT NULL,
    issuer  text      NOT NULL,
    subject text      NOT NULL,
    during  tstzrange NOT NULL
);
CREATE UNIQUE INDEX account_login_now ON account_login (stream, issuer, subject)
    WHERE upper_inf(during);
CREATE UNIQUE INDEX account_login_since ON account_login (stream, issuer, subject, lower(during));
CREATE INDEX account_login_by_subject ON account_login (subject, issuer);
CREATE INDEX account_login_during ON account_login USING gist (during);

CREATE TABLE account_group (
    group_id     uuid        NOT NULL,
    display_name text        NOT NULL,
    name_key     text        NOT NULL,
    external_id  text,
    formed_at    timestamptz NOT NULL,
    version      integer     NOT NULL,
    during       tstzrange   NOT NULL
);
CREATE UNIQUE INDEX account_group_now ON account_group (group_id) WHERE upper_inf(during);
CREATE UNIQUE INDEX account_group_since ON account_group (group_id, lower(during));
CREATE INDEX account_group_by_name ON account_group (name_key);
CREATE INDEX account_group_by_external_id ON account_group (external_id);
CREATE INDEX account_group_during ON account_group USING gist (during);

CREATE TABLE group_member (
    group_id  uuid      NOT NULL,
    member_id uuid      NOT NULL,   -- a person, or another group
    during    tstzrange NOT NULL
);
CREATE UNIQUE INDEX group_member_now ON group_member (group_id, member_id) WHERE upper_inf(during);
CREATE UNIQUE INDEX group_member_since ON group_member (group_id, member_id, lower(during));
CREATE INDEX group_member_of ON group_member (member_id);
CREATE INDEX group_member_during ON group_member USING gist (during);
