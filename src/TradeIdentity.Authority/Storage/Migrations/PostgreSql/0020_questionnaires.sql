-- What applicants answered. opened_step: the step of aeo_history that opened the application. answers: a JSON object by question.
CREATE TABLE aeo_answers (
    tin         TEXT NOT NULL REFERENCES operators (tin),
    programme   TEXT NOT NULL,
    component   TEXT NOT NULL,
    opened_step BIGINT NOT NULL,
    version     BIGINT NOT NULL CHECK (version >= 1),
    answers     TEXT NOT NULL,
    saved_by    TEXT NOT NULL,
    saved_at    BIGINT NOT NULL,
    PRIMARY KEY (tin, programme, component, opened_step)
);

-- Documents by the SHA-256 of their content: the same bytes once.
CREATE TABLE documents (
    digest     TEXT PRIMARY KEY CHECK (length(digest) = 64),
    media_type TEXT NOT NULL,
    size       BIGINT NOT NULL,
    content    BYTEA NOT NULL
);

CREATE TABLE aeo_attachments (
    id          TEXT COLLATE "C" PRIMARY KEY CHECK (length(id) = 32),
    tin         TEXT NOT NULL REFERENCES operators (tin),
    programme   TEXT NOT NULL,
    component   TEXT NOT NULL,
    opened_step BIGINT NOT NULL,
    digest      TEXT NOT NULL REFERENCES documents (digest),
    name        TEXT NOT NULL,
    attached_by TEXT NOT NULL,
    attached_at BIGINT NOT NULL
);

CREATE INDEX aeo_attachments_of_application ON aeo_attachments (tin, programme, component, opened_step, id);
CREATE INDEX aeo_attachments_of_document ON aeo_attachments (digest);
