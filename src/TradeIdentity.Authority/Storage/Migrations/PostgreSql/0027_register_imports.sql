-- Files of operators that an officer imported in the portal, and what became of each line. Deleted after some months: the register and its
-- audit trail say what they changed.
CREATE TABLE register_imports (
    id          TEXT COLLATE "C" PRIMARY KEY,
    file_name   TEXT NOT NULL,
    bytes       BIGINT NOT NULL,
    started_by  TEXT NOT NULL,
    started_at  BIGINT NOT NULL,
    bytes_read  BIGINT NOT NULL,
    created     BIGINT NOT NULL,
    updated     BIGINT NOT NULL,
    unchanged   BIGINT NOT NULL,
    rejected    BIGINT NOT NULL,
    progress_at BIGINT NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('running', 'done', 'failed'))
);

CREATE TABLE register_import_lines (
    import_id TEXT COLLATE "C" NOT NULL REFERENCES register_imports (id),
    line      BIGINT NOT NULL,
    tin       TEXT,
    outcome   TEXT NOT NULL,
    code      TEXT,
    detail    TEXT,
    PRIMARY KEY (import_id, line)
);

CREATE INDEX register_import_lines_rejected ON register_import_lines (import_id, line) WHERE outcome = 'rejected';
