-- Files of operators that an officer imported in the portal, and what became of each line. Deleted after some months: the register and its
-- audit trail say what they changed.
CREATE TABLE register_imports (
    id          TEXT PRIMARY KEY,
    file_name   TEXT NOT NULL,
    bytes       INTEGER NOT NULL,
    started_by  TEXT NOT NULL,
    started_at  INTEGER NOT NULL,
    bytes_read  INTEGER NOT NULL,
    created     INTEGER NOT NULL,
    updated     INTEGER NOT NULL,
    unchanged   INTEGER NOT NULL,
    rejected    INTEGER NOT NULL,
    progress_at INTEGER NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('running', 'done', 'failed'))
) STRICT, WITHOUT ROWID;

CREATE TABLE register_import_lines (
    import_id TEXT NOT NULL REFERENCES register_imports (id),
    line      INTEGER NOT NULL,
    tin       TEXT,
    outcome   TEXT NOT NULL,
    code      TEXT,
    detail    TEXT,
    PRIMARY KEY (import_id, line)
) STRICT, WITHOUT ROWID;

CREATE INDEX register_import_lines_rejected ON register_import_lines (import_id, line) WHERE outcome = 'rejected';
