-- The four entities of the OpenID Connect engine, and the guard against replayed client assertions.
-- Client ids can be URLs (OpenID Federation), hence their bound of 2048 characters.

CREATE TABLE openid_applications (
    id TEXT NOT NULL PRIMARY KEY,
    client_id VARCHAR(2048) NOT NULL UNIQUE CHECK (client_id <> ''),
    client_secret TEXT,
    client_type TEXT,
    application_type TEXT,
    consent_type TEXT,
    display_name TEXT,
    display_names TEXT,
    json_web_key_set TEXT,
    permissions TEXT,
    post_logout_redirect_uris TEXT,
    properties TEXT,
    redirect_uris TEXT,
    requirements TEXT,
    settings TEXT,
    concurrency_token TEXT NOT NULL
);

CREATE TABLE openid_scopes (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    description TEXT,
    descriptions TEXT,
    display_name TEXT,
    display_names TEXT,
    properties TEXT,
    resources TEXT,
    concurrency_token TEXT NOT NULL
);

CREATE TABLE openid_authorizations (
    id TEXT NOT NULL PRIMARY KEY,
    application_id TEXT REFERENCES openid_applications (id) ON DELETE CASCADE,
    creation_date BIGINT,
    properties TEXT,
    scopes TEXT,
    status TEXT,
    subject TEXT,
    type TEXT,
    concurrency_token TEXT NOT NULL
);

CREATE INDEX openid_authorizations_by_application ON openid_authorizations (application_id, status, subject, type);
CREATE INDEX openid_authorizations_by_subject ON openid_authorizations (subject);
CREATE INDEX openid_authorizations_ended ON openid_authorizations (creation_date) WHERE status <> 'valid';
CREATE INDEX openid_authorizations_ad_hoc ON openid_authorizations (creation_date) WHERE type = 'ad-hoc';

CREATE TABLE openid_tokens (
    id TEXT NOT NULL PRIMARY KEY,
    application_id TEXT REFERENCES openid_applications (id) ON DELETE CASCADE,
    authorization_id TEXT REFERENCES openid_authorizations (id) ON DELETE CASCADE,
    creation_date BIGINT,
    expiration_date BIGINT,
    payload TEXT,
    properties TEXT,
    redemption_date BIGINT,
    reference_id TEXT UNIQUE,
    status TEXT,
    subject TEXT,
    type TEXT,
    concurrency_token TEXT NOT NULL
);

CREATE INDEX openid_tokens_by_application ON openid_tokens (application_id, status, subject, type);
CREATE INDEX openid_tokens_by_authorization ON openid_tokens (authorization_id);
CREATE INDEX openid_tokens_by_subject ON openid_tokens (subject);
-- Pruning walks these two and never the table.
CREATE INDEX openid_tokens_by_expiration ON openid_tokens (expiration_date);
CREATE INDEX openid_tokens_ended ON openid_tokens (creation_date) WHERE status NOT IN ('inactive', 'valid');

CREATE TABLE replay_guard (
    key_hash BYTEA NOT NULL PRIMARY KEY,
    expires_at BIGINT NOT NULL
);

CREATE INDEX replay_guard_by_expiry ON replay_guard (expires_at);
