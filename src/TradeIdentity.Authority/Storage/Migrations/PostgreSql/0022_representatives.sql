-- What a member may do besides their role, whether one signature is enough, and a day from which on the membership no longer holds.
-- since can be a time to come.
ALTER TABLE memberships ADD COLUMN powers TEXT NOT NULL DEFAULT 'aeo';
ALTER TABLE memberships ADD COLUMN is_joint BIGINT NOT NULL DEFAULT 0 CHECK (is_joint IN (0, 1));
ALTER TABLE memberships ADD COLUMN ends_at BIGINT;

-- People who were asked to act for an operator. token_hash is of the one that was mailed last.
CREATE TABLE invitations (
    id           TEXT COLLATE "C" PRIMARY KEY CHECK (length(id) = 32),
    tin          TEXT COLLATE "C" NOT NULL REFERENCES operators (tin),
    email        TEXT NOT NULL,
    roles        TEXT NOT NULL,
    powers       TEXT NOT NULL,
    is_joint     BIGINT NOT NULL CHECK (is_joint IN (0, 1)),
    starts_at    BIGINT,
    ends_at      BIGINT,
    token_hash   BYTEA UNIQUE,
    expires_at   BIGINT NOT NULL,
    mails        BIGINT NOT NULL,
    state        TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'declined', 'withdrawn')),
    invited_by   TEXT NOT NULL,
    invited_at   BIGINT NOT NULL,
    settled_by   TEXT,
    settled_at   BIGINT,
    CHECK ((state = 'open') = (settled_at IS NULL)),
    CHECK ((state = 'open') = (token_hash IS NOT NULL))
);

CREATE INDEX invitations_of_operator ON invitations (tin, id);

-- What one of two signatories did and the other has to sign. document: the act, as it will be done.
CREATE TABLE joint_acts (
    id          TEXT COLLATE "C" PRIMARY KEY CHECK (length(id) = 32),
    tin         TEXT COLLATE "C" NOT NULL REFERENCES operators (tin),
    kind        TEXT NOT NULL CHECK (kind IN ('aeo-submit', 'aeo-relinquish', 'mandate-grant')),
    document    TEXT NOT NULL,
    proposed_by TEXT NOT NULL,
    proposed_at BIGINT NOT NULL,
    expires_at  BIGINT NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('open', 'signed', 'declined', 'withdrawn')),
    settled_by  TEXT,
    settled_at  BIGINT,
    reason      TEXT,
    CHECK ((state = 'open') = (settled_at IS NULL))
);

CREATE INDEX joint_acts_of_operator ON joint_acts (tin, id);

-- What an operator declares to have changed, until an officer confirms it. earlier: what it replaces, kept as history.
CREATE TABLE entity_changes (
    id          TEXT COLLATE "C" PRIMARY KEY CHECK (length(id) = 32),
    tin         TEXT COLLATE "C" NOT NULL REFERENCES operators (tin),
    declared    TEXT NOT NULL,
    earlier     TEXT NOT NULL,
    version     BIGINT NOT NULL,
    grounds     TEXT NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('open', 'confirmed', 'refused', 'withdrawn')),
    declared_by TEXT NOT NULL,
    declared_at BIGINT NOT NULL,
    evidence    TEXT,
    reason      TEXT,
    settled_by  TEXT,
    settled_at  BIGINT,
    CHECK ((state = 'open') = (settled_at IS NULL))
);

CREATE UNIQUE INDEX entity_changes_open ON entity_changes (tin) WHERE state = 'open';
CREATE INDEX entity_changes_of_operator ON entity_changes (tin, id);
CREATE INDEX entity_changes_work_list ON entity_changes (id) WHERE state = 'open';
