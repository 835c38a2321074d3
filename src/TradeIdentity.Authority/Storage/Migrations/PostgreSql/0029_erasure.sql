-- closed_at: the person closed the account, which is erased some days after. erased_at: it was, and the row stands for acts alone.
ALTER TABLE accounts ADD COLUMN closed_at BIGINT;
ALTER TABLE accounts ADD COLUMN erased_at BIGINT;

CREATE INDEX accounts_closed ON accounts (closed_at) WHERE closed_at IS NOT NULL AND erased_at IS NULL;

-- An operator asks to be told when a credential of theirs is judged online.
CREATE TABLE credential_watches (
    tin      TEXT COLLATE "C" PRIMARY KEY REFERENCES operators (tin),
    asked_by TEXT NOT NULL,
    asked_at BIGINT NOT NULL
);
