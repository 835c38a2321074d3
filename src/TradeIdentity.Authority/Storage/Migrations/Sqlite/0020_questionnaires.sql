-- What applicants answered. opened_step: the step of aeo_history that opened the application. answers: a JSON object by question.
CREATE TABLE aeo_answers (
    tin         TEXT NOT NULL REFERENCES operators (tin),
    programme   TEXT NOT NULL,
    component   TEXT NOT NULL,
    opened_step INTEGER NOT NULL,
    version     INTEGER NOT NULL CHECK (version >= 1),
    answers     TEXT NOT NULL,
    saved_by    TEXT NOT NULL,
    saved_at    INTEGER NOT NULL,
    PRIMARY KEY (tin, programme, component, opened_step)
) STRICT;

-- Documents by the SHA-256 of their content: the same bytes once.
CREATE TABLE documents (
    digest     TEXT PRIMARY KEY CHECK (length(digest) = 64),
    media_type TEXT NOT NULL,
    size       INTEGER NOT NULL,
    content    BLOB NOT NULL
) STRICT;

CREATE TABLE aeo_attachments (
    id          TEXT PRIMARY KEY CHECK (length(id) = 32),
    tin         TEXT NOT NULL REFERENCES operators (tin),
    programme   TEXT NOT NULL,
    component   TEXT NOT NULL,
    opened_step INTEGER NOT NULL,
    digest      TEXT NOT NULL REFERENCES documents (digest),
    name        TEXT NOT NULL,
    attached_by TEXT NOT NULL,
    attached_at INTEGER NOT NULL
) STRICT;

CREATE INDEX aeo_attachments_of_application ON aeo_attachments (tin, programme, component, opened_step, id);
CREATE INDEX aeo_attachments_of_document ON aeo_attachments (digest);
