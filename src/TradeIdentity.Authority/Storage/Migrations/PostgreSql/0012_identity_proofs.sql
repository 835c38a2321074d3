-- How well it was proven who the person of an account is: one proof at a time, the trail has the earlier ones. The reference of
-- a document is an HMAC under a key that is not in the database: numbers of passports can be guessed.

CREATE TABLE identity_proofs (
    account_id       TEXT PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    trust_framework  TEXT NOT NULL,
    assurance_level  TEXT NOT NULL,
    given_name       TEXT NOT NULL,
    family_name      TEXT NOT NULL,
    confirmed_by     TEXT NOT NULL,
    evidence_type    TEXT NOT NULL,
    evidence_source  TEXT NOT NULL,
    reference_digest BYTEA CHECK (reference_digest IS NULL OR length(reference_digest) = 32),
    asserted_by      TEXT NOT NULL,
    asserted_at      BIGINT NOT NULL,
    confirmed_at     BIGINT NOT NULL,
    valid_until      BIGINT
);
