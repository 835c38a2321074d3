CREATE TABLE status_lists (
    list        INTEGER PRIMARY KEY,
    capacity    INTEGER NOT NULL,
    allocated   INTEGER NOT NULL CHECK (allocated BETWEEN 0 AND capacity),
    permutation BLOB    NOT NULL,
    created_at  BIGINT  NOT NULL
);

CREATE TABLE credentials (
    id           TEXT    PRIMARY KEY,
    type         INTEGER NOT NULL,
    tin          TEXT    NOT NULL,
    status_list  INTEGER NOT NULL,
    status_index INTEGER NOT NULL,
    status       INTEGER NOT NULL DEFAULT 0,
    issued_at    BIGINT  NOT NULL,
    expires_at   BIGINT  NOT NULL,
    message      BLOB    NOT NULL,
    UNIQUE (status_list, status_index)
) WITHOUT ROWID;

CREATE INDEX credentials_by_tin ON credentials (tin, issued_at);
CREATE INDEX credentials_not_valid ON credentials (status_list, status_index) WHERE status <> 0;

CREATE TABLE status_changes (
    sequence      BIGINT  PRIMARY KEY,
    credential_id TEXT    NOT NULL REFERENCES credentials (id),
    status_list   INTEGER NOT NULL,
    status_index  INTEGER NOT NULL,
    status        INTEGER NOT NULL,
    ground        TEXT    NOT NULL,
    actor         TEXT    NOT NULL,
    changed_at    BIGINT  NOT NULL
);

CREATE INDEX status_changes_by_credential ON status_changes (credential_id, sequence);

CREATE TRIGGER status_changes_no_update BEFORE UPDATE ON status_changes
BEGIN SELECT RAISE(ABORT, 'status_changes is append-only'); END;
CREATE TRIGGER status_changes_no_delete BEFORE DELETE ON status_changes
BEGIN SELECT RAISE(ABORT, 'status_changes is append-only'); END;

CREATE TABLE trust_bundles (
    sequence         BIGINT PRIMARY KEY,
    issued_at        BIGINT NOT NULL,
    next_update_at   BIGINT NOT NULL,
    status_watermark BIGINT NOT NULL,
    frame_digest     BLOB   NOT NULL,
    message          BLOB
);
