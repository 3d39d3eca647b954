-- Which groups bring which role, as the settings said when that was last settled for every member.
CREATE TABLE scim.roles_of_groups (
    single     boolean     NOT NULL PRIMARY KEY DEFAULT true CHECK (single),
    roles      jsonb       NOT NULL,
    settled_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

DO $$
BEGIN
    EXECUTE format(
        'GRANT SELECT, INSERT, UPDATE ON scim.roles_of_groups TO %I', current_database()
    );
END $$;
