-- People and how they sign in. Roles are a list with spaces; sets of words are kept sorted.
-- failed_sign_ins and locked_until are written by statements of their own: guesses that run at once must all be counted.

CREATE TABLE accounts (
    id                 TEXT PRIMARY KEY CHECK (length(id) = 32),
    email              TEXT NOT NULL CHECK (length(email) BETWEEN 3 AND 254),
    normalized_email   TEXT NOT NULL UNIQUE,
    email_confirmed    BIGINT NOT NULL,
    given_name         TEXT NOT NULL,
    family_name        TEXT NOT NULL,
    language           TEXT NOT NULL,
    roles              TEXT NOT NULL,
    password_hash      TEXT,
    security_stamp     TEXT NOT NULL,
    concurrency_token  TEXT NOT NULL,
    failed_sign_ins    BIGINT NOT NULL DEFAULT 0,
    locked_until       BIGINT,
    two_factor_enabled BIGINT NOT NULL,
    authenticator_key  BYTEA,
    is_demonstration   BIGINT NOT NULL,
    created_at         BIGINT NOT NULL,
    disabled_at        BIGINT
);

CREATE TABLE account_recovery_codes (
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    code_hash  BYTEA NOT NULL CHECK (length(code_hash) = 32),
    PRIMARY KEY (account_id, code_hash)
);

CREATE TABLE account_passkeys (
    credential_id      BYTEA PRIMARY KEY,
    account_id         TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    name               TEXT,
    public_key         BYTEA NOT NULL,
    created_at         BIGINT NOT NULL,
    last_used_at       BIGINT,
    sign_count         BIGINT NOT NULL,
    transports         TEXT NOT NULL,
    is_user_verified   BIGINT NOT NULL,
    is_backup_eligible BIGINT NOT NULL,
    is_backed_up       BIGINT NOT NULL,
    attestation_object BYTEA NOT NULL,
    client_data_json   BYTEA NOT NULL
);

CREATE INDEX account_passkeys_by_account ON account_passkeys (account_id);

-- Who may act for which operator; an ended membership stays as history, and at most one is open.
CREATE TABLE memberships (
    id         TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    tin        TEXT NOT NULL REFERENCES operators (tin),
    roles      TEXT NOT NULL CHECK (length(roles) > 0),
    since      BIGINT NOT NULL,
    until      BIGINT
);

CREATE UNIQUE INDEX memberships_open ON memberships (account_id, tin) WHERE until IS NULL;
CREATE INDEX memberships_by_operator ON memberships (tin, since);

-- generation: a cookie carries the one that it was written with, and a step-up makes all earlier cookies of the session void.
CREATE TABLE account_sessions (
    sid          TEXT PRIMARY KEY CHECK (length(sid) = 32),
    account_id   TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    generation   BIGINT NOT NULL,
    created_at   BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    auth_time    BIGINT NOT NULL,
    amr          TEXT NOT NULL,
    acr          TEXT NOT NULL,
    acting_for   TEXT REFERENCES operators (tin),
    user_agent   TEXT NOT NULL,
    ended_at     BIGINT,
    end_reason   TEXT
);

CREATE INDEX account_sessions_by_account ON account_sessions (account_id, created_at);
-- Pruning walks these two and never the table.
CREATE INDEX account_sessions_ended ON account_sessions (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX account_sessions_left ON account_sessions (last_seen_at) WHERE ended_at IS NULL;

CREATE TABLE rate_limits (
    key_hash BYTEA PRIMARY KEY CHECK (length(key_hash) = 32),
    taken    BIGINT NOT NULL,
    ends_at  BIGINT NOT NULL
);

CREATE INDEX rate_limits_by_end ON rate_limits (ends_at);

-- The keys that protect cookies and the tokens in mails: sealed, and read by all instances.
CREATE TABLE data_protection_keys (
    id            TEXT PRIMARY KEY,
    friendly_name TEXT NOT NULL,
    xml           TEXT NOT NULL,
    created_at    BIGINT NOT NULL
);
