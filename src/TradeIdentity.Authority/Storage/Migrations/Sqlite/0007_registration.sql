-- Initial access tokens of dynamic client registration (RFC 7591), the secret of pairwise subjects, and RSA keys for clients
-- that take no ES256.

CREATE TABLE initial_access_tokens (
    id           TEXT PRIMARY KEY,
    token_hash   BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    label        TEXT NOT NULL,
    scopes       TEXT,
    uses_left    INTEGER NOT NULL CHECK (uses_left >= 0),
    issued_by    TEXT NOT NULL,
    issued_at    INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL,
    minute       INTEGER NOT NULL,
    minute_tries INTEGER NOT NULL
) STRICT;

-- One row: the subjects that it makes are known to relying parties, so it never changes.
CREATE TABLE pairwise_secret (
    id             INTEGER PRIMARY KEY CHECK (id = 1),
    wrapped_secret BLOB NOT NULL,
    created_at     INTEGER NOT NULL
) STRICT;

CREATE TABLE rsa_signing_keys (
    kid                 TEXT PRIMARY KEY CHECK (length(kid) = 16),
    public_key          BLOB NOT NULL,
    wrapped_private_key BLOB NOT NULL,
    created_at          INTEGER NOT NULL,
    signs_from          INTEGER NOT NULL,
    signs_until         INTEGER NOT NULL,
    verifies_until      INTEGER NOT NULL
) STRICT;
