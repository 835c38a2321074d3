-- An operator consents that its AEO master data goes to partner administrations: the consent that holds, and those that were withdrawn.
CREATE TABLE master_data_releases (
    id           TEXT COLLATE "C" PRIMARY KEY CHECK (length(id) = 32),
    tin          TEXT COLLATE "C" NOT NULL REFERENCES operators (tin),
    given_by     TEXT NOT NULL,
    co_signed_by TEXT,
    given_at     BIGINT NOT NULL,
    withdrawn_by TEXT,
    withdrawn_at BIGINT,
    CHECK ((withdrawn_by IS NULL) = (withdrawn_at IS NULL))
);

CREATE UNIQUE INDEX master_data_releases_open ON master_data_releases (tin) WHERE withdrawn_at IS NULL;
CREATE INDEX master_data_releases_of_operator ON master_data_releases (tin, id);

-- Of those who sign jointly it takes two.
ALTER TABLE joint_acts DROP CONSTRAINT joint_acts_kind_check;
ALTER TABLE joint_acts ADD CONSTRAINT joint_acts_kind_check CHECK (kind IN ('aeo-submit', 'aeo-relinquish', 'mandate-grant', 'master-data-release'));
