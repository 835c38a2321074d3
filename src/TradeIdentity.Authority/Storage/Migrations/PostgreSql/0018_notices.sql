-- What operators and people are told of an act, stored with it. Mails are made of it afterwards: mailed_at says that they are in their outbox.
-- A holder is "operator:" and a TIN, or "account:" and an id. once names what is told one time only.

CREATE TABLE notices (
    id        TEXT COLLATE "C" PRIMARY KEY,
    holder    TEXT NOT NULL,
    kind      TEXT NOT NULL,
    about     TEXT NOT NULL,
    facts     TEXT NOT NULL,
    at        BIGINT NOT NULL,
    mailed_at BIGINT,
    once      TEXT UNIQUE
);

CREATE INDEX notices_of_holder ON notices (holder, id);
CREATE INDEX notices_to_mail ON notices (id) WHERE mailed_at IS NULL;

-- Up to which notice of a holder a person has seen them.
CREATE TABLE notices_seen (
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    holder     TEXT NOT NULL,
    seen_until TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (account_id, holder)
);
