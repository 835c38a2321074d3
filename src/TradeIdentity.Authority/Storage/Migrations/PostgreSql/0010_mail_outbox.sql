-- Mails that the mail server did not take, until it does: sealed, since they hold addresses and links that open accounts.

CREATE TABLE mail_outbox (
    id              TEXT PRIMARY KEY,
    sealed          BYTEA NOT NULL,
    attempts        BIGINT NOT NULL,
    next_attempt_at BIGINT NOT NULL
);

CREATE INDEX mail_outbox_due ON mail_outbox (next_attempt_at);
