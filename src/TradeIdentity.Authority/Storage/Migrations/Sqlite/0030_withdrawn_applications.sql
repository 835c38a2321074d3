-- An application is withdrawn by two where members sign jointly.
CREATE TABLE joint_acts_next (
    id          TEXT PRIMARY KEY CHECK (length(id) = 32),
    tin         TEXT NOT NULL REFERENCES operators (tin),
    kind        TEXT NOT NULL CHECK (kind IN ('aeo-submit', 'aeo-withdraw', 'aeo-relinquish', 'mandate-grant', 'master-data-release')),
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

INSERT INTO joint_acts_next SELECT id, tin, kind, document, proposed_by, proposed_at, expires_at, state, settled_by, settled_at, reason FROM joint_acts;
DROP TABLE joint_acts;
ALTER TABLE joint_acts_next RENAME TO joint_acts;
CREATE INDEX joint_acts_of_operator ON joint_acts (tin, id);
