-- People and how they sign in. Roles are a list with spaces; sets of words are kept sorted.
-- failed_sign_ins and locked_until are written by statements of their own: guesses that run at once must all be counted.

CREATE TABLE accounts (
    id                 TEXT PRIMARY KEY CHECK (length(id) = 32),
    email              TEXT NOT NULL CHECK (length(email) BETWEEN 3 AND 254),
    normalized_email   TEXT NOT NULL UNIQUE,
    email_confirmed    INTEGER NOT NULL,
    given_name         TEXT NOT NULL,
    family_name        TEXT NOT NULL,
    language           TEXT NOT NULL,
    roles              TEXT NOT NULL,
    password_hash      TEXT,
    security_stamp     TEXT NOT NULL,
    concurrency_token  TEXT NOT NULL,
    failed_sign_ins    INTEGER NOT NULL DEFAULT 0,
    locked_until       INTEGER,
    two_factor_enabled INTEGER NOT NULL,
    authenticator_key  BLOB,
    is_demonstration   INTEGER NOT NULL,
    created_at         INTEGER NOT NULL,
    disabled_at        INTEGER
) STRICT;

CREATE TABLE account_recovery_codes (
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    code_hash  BLOB NOT NULL CHECK (length(code_hash) = 32),
    PRIMARY KEY (account_id, code_hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE account_passkeys (
    credential_id      BLOB PRIMARY KEY,
    account_id         TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    name               TEXT,
    public_key         BLOB NOT NULL,
    created_at         INTEGER NOT NULL,
    last_used_at       INTEGER,
    sign_count         INTEGER NOT NULL,
    transports         TEXT NOT NULL,
    is_user_verified   INTEGER NOT NULL,
    is_backup_eligible INTEGER NOT NULL,
    is_backed_up       INTEGER NOT NULL,
    attestation_object BLOB NOT NULL,
    client_data_json   BLOB NOT NULL
) STRICT;

CREATE INDEX account_passkeys_by_account ON account_passkeys (account_id);

-- Who may act for which operator; an ended membership stays as history, and at most one is open.
CREATE TABLE memberships (
    id         TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    tin        TEXT NOT NULL REFERENCES operators (tin),
    roles      TEXT NOT NULL CHECK (length(roles) > 0),
    since      INTEGER NOT NULL,
    until      INTEGER
) STRICT;

CREATE UNIQUE INDEX memberships_open ON memberships (account_id, tin) WHERE until IS NULL;
CREATE INDEX memberships_by_operator ON memberships (tin, since);

-- generation: a cookie carries the one that it was written with, and a step-up makes all earlier cookies of the session void.
CREATE TABLE account_sessions (
    sid          TEXT PRIMARY KEY CHECK (length(sid) = 32),
    account_id   TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    generation   INTEGER NOT NULL,
    created_at   INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    auth_time    INTEGER NOT NULL,
    amr          TEXT NOT NULL,
    acr          TEXT NOT NULL,
    acting_for   TEXT REFERENCES operators (tin),
    user_agent   TEXT NOT NULL,
    ended_at     INTEGER,
    end_reason   TEXT
) STRICT;

CREATE INDEX account_sessions_by_account ON account_sessions (account_id, created_at);
-- Pruning walks these two and never the table.
CREATE INDEX account_sessions_ended ON account_sessions (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX account_sessions_left ON account_sessions (last_seen_at) WHERE ended_at IS NULL;

CREATE TABLE rate_limits (
    key_hash BLOB PRIMARY KEY CHECK (length(key_hash) = 32),
    taken    INTEGER NOT NULL,
    ends_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX rate_limits_by_end ON rate_limits (ends_at);

-- The keys that protect cookies and the tokens in mails: sealed, and read by all instances.
CREATE TABLE data_protection_keys (
    id            TEXT PRIMARY KEY,
    friendly_name TEXT NOT NULL,
    xml           TEXT NOT NULL,
    created_at    INTEGER NOT NULL
) STRICT;
