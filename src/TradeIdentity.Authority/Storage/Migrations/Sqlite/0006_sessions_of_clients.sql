-- Which clients know of a session: they are told when it ends (OpenID Connect Back-Channel Logout 1.0 §2.5).

CREATE TABLE session_clients (
    sid TEXT NOT NULL,
    client_id TEXT NOT NULL,
    added_at BIGINT NOT NULL,
    PRIMARY KEY (sid, client_id)
);

CREATE INDEX session_clients_by_age ON session_clients (added_at);

-- What is still to be told, and when it is tried next. Written with the end of the session, in one transaction.
CREATE TABLE logout_outbox (
    id TEXT NOT NULL PRIMARY KEY,
    sid TEXT NOT NULL,
    client_id TEXT NOT NULL,
    account_id TEXT NOT NULL,
    attempts BIGINT NOT NULL DEFAULT 0,
    next_attempt_at BIGINT NOT NULL
);

CREATE INDEX logout_outbox_due ON logout_outbox (next_attempt_at);
