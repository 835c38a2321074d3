CREATE TABLE audit_entries (
    sequence       BIGINT PRIMARY KEY,
    at             BIGINT NOT NULL,
    actor          TEXT NOT NULL,
    act            TEXT NOT NULL,
    subject        TEXT NOT NULL,
    details        TEXT,
    salt           BYTEA,
    details_digest BYTEA NOT NULL CHECK (length(details_digest) = 32),
    previous_hash  BYTEA NOT NULL CHECK (length(previous_hash) = 32),
    hash           BYTEA NOT NULL CHECK (length(hash) = 32)
);

CREATE INDEX audit_entries_by_subject ON audit_entries (subject, sequence);

CREATE FUNCTION audit_entries_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit_entries is append-only';
END
$$;

CREATE TRIGGER audit_entries_delete_refused BEFORE DELETE ON audit_entries
FOR EACH ROW EXECUTE FUNCTION audit_entries_refuse();

CREATE TRIGGER audit_entries_truncate_refused BEFORE TRUNCATE ON audit_entries
FOR EACH STATEMENT EXECUTE FUNCTION audit_entries_refuse();

-- The one change allowed is erasure: details and their salt become NULL, all else stays.
CREATE TRIGGER audit_entries_update_refused BEFORE UPDATE ON audit_entries
FOR EACH ROW WHEN (NOT (
    NEW.details IS NULL AND NEW.salt IS NULL
    AND NEW.sequence = OLD.sequence AND NEW.at = OLD.at AND NEW.actor = OLD.actor AND NEW.act = OLD.act
    AND NEW.subject = OLD.subject AND NEW.details_digest = OLD.details_digest
    AND NEW.previous_hash = OLD.previous_hash AND NEW.hash = OLD.hash))
EXECUTE FUNCTION audit_entries_refuse();

CREATE TABLE signing_keys (
    kid                 TEXT PRIMARY KEY CHECK (length(kid) = 16),
    purpose             TEXT NOT NULL CHECK (purpose IN ('issuing', 'anchor', 'openid')),
    algorithm           TEXT NOT NULL,
    public_x            BYTEA NOT NULL,
    public_y            BYTEA NOT NULL,
    wrapped_private_key BYTEA NOT NULL,
    created_at          BIGINT NOT NULL,
    signs_from          BIGINT NOT NULL,
    signs_until         BIGINT NOT NULL,
    verifies_until      BIGINT NOT NULL
);
