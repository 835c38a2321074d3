-- Initial access tokens of dynamic client registration (RFC 7591), the secret of pairwise subjects, and RSA keys for clients
-- that take no ES256.

CREATE TABLE initial_access_tokens (
    id           TEXT PRIMARY KEY,
    token_hash   BYTEA NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    label        TEXT NOT NULL,
    scopes       TEXT,
    uses_left    BIGINT NOT NULL CHECK (uses_left >= 0),
    issued_by    TEXT NOT NULL,
    issued_at    BIGINT NOT NULL,
    expires_at   BIGINT NOT NULL,
    minute       BIGINT NOT NULL,
    minute_tries BIGINT NOT NULL
);

-- One row: the subjects that it makes are known to relying parties, so it never changes.
CREATE TABLE pairwise_secret (
    id             BIGINT PRIMARY KEY CHECK (id = 1),
    wrapped_secret BYTEA NOT NULL,
    created_at     BIGINT NOT NULL
);

CREATE TABLE rsa_signing_keys (
    kid                 TEXT PRIMARY KEY CHECK (length(kid) = 16),
    public_key          BYTEA NOT NULL,
    wrapped_private_key BYTEA NOT NULL,
    created_at          BIGINT NOT NULL,
    signs_from          BIGINT NOT NULL,
    signs_until         BIGINT NOT NULL,
    verifies_until      BIGINT NOT NULL
);
