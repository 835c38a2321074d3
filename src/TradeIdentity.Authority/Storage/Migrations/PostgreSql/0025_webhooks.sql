-- Where an operator has its notices sent, and what became of each: next_attempt_at is set as long as it is to be tried.
-- notice_id is null where the message only asks whether somebody is there.

CREATE TABLE webhooks (
    id           TEXT COLLATE "C" PRIMARY KEY,
    tin          TEXT NOT NULL REFERENCES operators (tin),
    address      TEXT NOT NULL,
    created_at   BIGINT NOT NULL,
    created_by   TEXT NOT NULL,
    confirmed_at BIGINT,
    paused_at    BIGINT
);

CREATE UNIQUE INDEX webhooks_of_operator ON webhooks (tin, address);

CREATE TABLE webhook_deliveries (
    id              TEXT COLLATE "C" PRIMARY KEY,
    webhook_id      TEXT NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
    notice_id       TEXT,
    attempts        BIGINT NOT NULL DEFAULT 0,
    next_attempt_at BIGINT,
    attempted_at    BIGINT,
    answer          BIGINT,
    delivered_at    BIGINT
);

CREATE INDEX webhook_deliveries_due ON webhook_deliveries (next_attempt_at) WHERE next_attempt_at IS NOT NULL;
CREATE INDEX webhook_deliveries_of_webhook ON webhook_deliveries (webhook_id, id);
