-- An operator consents that its AEO master data goes to partner administrations: the consent that holds, and those that were withdrawn.
CREATE TABLE master_data_releases (
    id           TEXT PRIMARY KEY CHECK (length(id) = 32),
    tin          TEXT NOT NULL REFERENCES operators (tin),
    given_by     TEXT NOT NULL,
    co_signed_by TEXT,
    given_at     INTEGER NOT NULL,
    withdrawn_by TEXT,
    withdrawn_at INTEGER,
    CHECK ((withdrawn_by IS NULL) = (withdrawn_at IS NULL))
) STRICT;

CREATE UNIQUE INDEX master_data_releases_open ON master_data_releases (tin) WHERE withdrawn_at IS NULL;
CREATE INDEX master_data_releases_of_operator ON master_data_releases (tin, id);

-- Of those who sign jointly it takes two.
CREATE TABLE joint_acts_next (
    id          TEXT PRIMARY KEY CHECK (length(id) = 32),
    tin         TEXT NOT NULL REFERENCES operators (tin),
    kind        TEXT NOT NULL CHECK (kind IN ('aeo-submit', 'aeo-relinquish', 'mandate-grant', 'master-data-release')),
    document    TEXT NOT NULL,
    proposed_by TEXT NOT NULL,
    proposed_at INTEGER NOT NULL,
    expires_at  INTEGER NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('open', 'signed', 'declined', 'withdrawn')),
    settled_by  TEXT,
    settled_at  INTEGER,
    reason      TEXT,
    CHECK ((state = 'open') = (settled_at IS NULL))
) STRICT;
INSERT INTO joint_acts_next (id, tin, kind, document, proposed_by, proposed_at, expires_at, state, settled_by, settled_at, reason)
SELECT id, tin, kind, document, proposed_by, proposed_at, expires_at, state, settled_by, settled_at, reason FROM joint_acts;
DROP TABLE joint_acts;
ALTER TABLE joint_acts_next RENAME TO joint_acts;
CREATE INDEX joint_acts_of_operator ON joint_acts (tin, id);
