-- What a member may do besides their role, whether one signature is enough, and a day from which on the membership no longer holds.
-- since can be a time to come.
ALTER TABLE memberships ADD COLUMN powers TEXT NOT NULL DEFAULT 'aeo';
ALTER TABLE memberships ADD COLUMN is_joint INTEGER NOT NULL DEFAULT 0 CHECK (is_joint IN (0, 1));
ALTER TABLE memberships ADD COLUMN ends_at INTEGER;

-- People who were asked to act for an operator. token_hash is of the one that was mailed last.
CREATE TABLE invitations (
    id           TEXT PRIMARY KEY CHECK (length(id) = 32),
    tin          TEXT NOT NULL REFERENCES operators (tin),
    email        TEXT NOT NULL,
    roles        TEXT NOT NULL,
    powers       TEXT NOT NULL,
    is_joint     INTEGER NOT NULL CHECK (is_joint IN (0, 1)),
    starts_at    INTEGER,
    ends_at      INTEGER,
    token_hash   BLOB UNIQUE,
    expires_at   INTEGER NOT NULL,
    mails        INTEGER NOT NULL,
    state        TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'declined', 'withdrawn')),
    invited_by   TEXT NOT NULL,
    invited_at   INTEGER NOT NULL,
    settled_by   TEXT,
    settled_at   INTEGER,
    CHECK ((state = 'open') = (settled_at IS NULL)),
    CHECK ((state = 'open') = (token_hash IS NOT NULL))
) STRICT;

CREATE INDEX invitations_of_operator ON invitations (tin, id);

-- What one of two signatories did and the other has to sign. document: the act, as it will be done.
CREATE TABLE joint_acts (
    id          TEXT PRIMARY KEY CHECK (length(id) = 32),
    tin         TEXT NOT NULL REFERENCES operators (tin),
    kind        TEXT NOT NULL CHECK (kind IN ('aeo-submit', 'aeo-relinquish', 'mandate-grant')),
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

CREATE INDEX joint_acts_of_operator ON joint_acts (tin, id);

-- What an operator declares to have changed, until an officer confirms it. earlier: what it replaces, kept as history.
CREATE TABLE entity_changes (
    id          TEXT PRIMARY KEY CHECK (length(id) = 32),
    tin         TEXT NOT NULL REFERENCES operators (tin),
    declared    TEXT NOT NULL,
    earlier     TEXT NOT NULL,
    version     INTEGER NOT NULL,
    grounds     TEXT NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('open', 'confirmed', 'refused', 'withdrawn')),
    declared_by TEXT NOT NULL,
    declared_at INTEGER NOT NULL,
    evidence    TEXT,
    reason      TEXT,
    settled_by  TEXT,
    settled_at  INTEGER,
    CHECK ((state = 'open') = (settled_at IS NULL))
) STRICT;

CREATE UNIQUE INDEX entity_changes_open ON entity_changes (tin) WHERE state = 'open';
CREATE INDEX entity_changes_of_operator ON entity_changes (tin, id);
CREATE INDEX entity_changes_work_list ON entity_changes (id) WHERE state = 'open';
