-- Mandates: one row a link. A link that hangs from others names each of them: a chain is read without a walk, and has four links
-- at most. principal_tin is of the first link of the chain.
-- Lists of codes are words with spaces, sorted; an empty list is no limit. kind: 1 direct, 2 indirect.
-- status_list and status_index are drawn when the representative accepts: what a trust bundle says of the link.

CREATE TABLE mandates (
    id                     TEXT    PRIMARY KEY,
    parent_id              TEXT    REFERENCES mandates (id),
    parents_parent_id      TEXT    REFERENCES mandates (id),
    first_of_four_id       TEXT    REFERENCES mandates (id),
    level                  INTEGER NOT NULL CHECK (level BETWEEN 0 AND 3),
    principal_tin          TEXT    NOT NULL REFERENCES operators (tin),
    grantor_tin            TEXT    NOT NULL REFERENCES operators (tin),
    representative_tin     TEXT    REFERENCES operators (tin),
    representative_account TEXT,
    kind                   INTEGER NOT NULL CHECK (kind IN (1, 2)),
    declarations           TEXT    NOT NULL,
    procedures             TEXT    NOT NULL,
    places                 TEXT    NOT NULL,
    value_limit            BIGINT  CHECK (value_limit > 0),
    currency               TEXT    CHECK (length(currency) = 3),
    further_levels         INTEGER NOT NULL CHECK (further_levels BETWEEN 0 AND 3),
    valid_from             BIGINT  NOT NULL,
    valid_until            BIGINT  NOT NULL CHECK (valid_until > valid_from),
    evidence               TEXT,
    state                  INTEGER NOT NULL,
    granted_by             TEXT    NOT NULL,
    granted_at             BIGINT  NOT NULL,
    answered_by            TEXT,
    answered_at            BIGINT,
    ended_by               TEXT,
    ended_at               BIGINT,
    end_ground             TEXT,
    status_list            INTEGER,
    status_index           INTEGER,
    status                 INTEGER NOT NULL DEFAULT 0,
    CHECK ((representative_tin IS NULL) <> (representative_account IS NULL)),
    CHECK ((value_limit IS NULL) = (currency IS NULL)),
    UNIQUE (status_list, status_index)
);

CREATE INDEX mandates_by_grantor ON mandates (grantor_tin, id);
CREATE INDEX mandates_by_representative ON mandates (representative_tin, id) WHERE representative_tin IS NOT NULL;
CREATE INDEX mandates_by_person ON mandates (representative_account, id) WHERE representative_account IS NOT NULL;
CREATE INDEX mandates_by_parent ON mandates (parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX mandates_not_valid ON mandates (status_list, status_index) WHERE status <> 0;

-- A status change is of a credential or of a mandate.
CREATE TABLE status_changes_of_both (
    sequence      BIGINT  PRIMARY KEY,
    credential_id TEXT    REFERENCES credentials (id),
    mandate_id    TEXT    REFERENCES mandates (id),
    status_list   INTEGER NOT NULL,
    status_index  INTEGER NOT NULL,
    status        INTEGER NOT NULL,
    ground        TEXT    NOT NULL,
    actor         TEXT    NOT NULL,
    changed_at    BIGINT  NOT NULL,
    CHECK ((credential_id IS NULL) <> (mandate_id IS NULL))
);

INSERT INTO status_changes_of_both (sequence, credential_id, status_list, status_index, status, ground, actor, changed_at)
SELECT sequence, credential_id, status_list, status_index, status, ground, actor, changed_at FROM status_changes;

DROP TABLE status_changes;
ALTER TABLE status_changes_of_both RENAME TO status_changes;

CREATE INDEX status_changes_by_credential ON status_changes (credential_id, sequence);

CREATE TRIGGER status_changes_no_update BEFORE UPDATE ON status_changes
BEGIN SELECT RAISE(ABORT, 'status_changes is append-only'); END;
CREATE TRIGGER status_changes_no_delete BEFORE DELETE ON status_changes
BEGIN SELECT RAISE(ABORT, 'status_changes is append-only'); END;
