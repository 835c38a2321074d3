CREATE TABLE audit_entries (
    sequence       INTEGER PRIMARY KEY,
    at             INTEGER NOT NULL,
    actor          TEXT NOT NULL,
    act            TEXT NOT NULL,
    subject        TEXT NOT NULL,
    details        TEXT,
    salt           BLOB,
    details_digest BLOB NOT NULL CHECK (length(details_digest) = 32),
    previous_hash  BLOB NOT NULL CHECK (length(previous_hash) = 32),
    hash           BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;

CREATE INDEX audit_entries_by_subject ON audit_entries (subject, sequence);

CREATE TRIGGER audit_entries_delete_refused BEFORE DELETE ON audit_entries
BEGIN
    SELECT RAISE(ABORT, 'audit_entries is append-only');
END;

-- The one change allowed is erasure: details and their salt become NULL, all else stays.
CREATE TRIGGER audit_entries_update_refused BEFORE UPDATE ON audit_entries
WHEN NOT (
    NEW.details IS NULL AND NEW.salt IS NULL
    AND NEW.sequence = OLD.sequence AND NEW.at = OLD.at AND NEW.actor = OLD.actor AND NEW.act = OLD.act
    AND NEW.subject = OLD.subject AND NEW.details_digest = OLD.details_digest
    AND NEW.previous_hash = OLD.previous_hash AND NEW.hash = OLD.hash)
BEGIN
    SELECT RAISE(ABORT, 'audit_entries is append-only');
END;

CREATE TABLE signing_keys (
    kid                 TEXT PRIMARY KEY CHECK (length(kid) = 16),
    purpose             TEXT NOT NULL CHECK (purpose IN ('issuing', 'anchor', 'openid')),
    algorithm           TEXT NOT NULL,
    public_x            BLOB NOT NULL,
    public_y            BLOB NOT NULL,
    wrapped_private_key BLOB NOT NULL,
    created_at          INTEGER NOT NULL,
    signs_from          INTEGER NOT NULL,
    signs_until         INTEGER NOT NULL,
    verifies_until      INTEGER NOT NULL
) STRICT;
