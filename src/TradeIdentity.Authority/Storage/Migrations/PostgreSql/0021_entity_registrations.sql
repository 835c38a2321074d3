-- What registers say of legal entities, for forms to be filled from: reference data, and no operators. Under each number of an entity.
CREATE TABLE register_extracts (
    scheme      TEXT NOT NULL,
    value       TEXT COLLATE "C" NOT NULL,
    document    TEXT NOT NULL,
    source      TEXT NOT NULL,
    as_of       BIGINT,
    imported_by TEXT NOT NULL,
    imported_at BIGINT NOT NULL,
    PRIMARY KEY (scheme, value)
);

CREATE INDEX register_extracts_by_value ON register_extracts (value);

-- A person asks to act for a legal entity: a new one, or one that is registered already (joins). details: what the person stated;
-- extract: what a register said at that time.
CREATE TABLE entity_registrations (
    id             TEXT COLLATE "C" PRIMARY KEY CHECK (length(id) = 32),
    account_id     TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    details        TEXT NOT NULL,
    capacity       TEXT NOT NULL,
    basis          TEXT NOT NULL,
    extract        TEXT,
    extract_source TEXT,
    joins          TEXT COLLATE "C" REFERENCES operators (tin),
    state          TEXT NOT NULL CHECK (state IN ('submitted', 'asked', 'confirmed', 'refused', 'withdrawn', 'invited')),
    submitted_at   BIGINT NOT NULL,
    question       TEXT,
    asked_by       TEXT,
    asked_at       BIGINT,
    answer         TEXT,
    answered_at    BIGINT,
    tin            TEXT COLLATE "C" REFERENCES operators (tin),
    evidence       TEXT,
    reason         TEXT,
    settled_by     TEXT,
    settled_at     BIGINT,
    CHECK ((state IN ('submitted', 'asked')) = (settled_at IS NULL)),
    CHECK ((state = 'confirmed') = (tin IS NOT NULL))
);

-- One at a time for a person.
CREATE UNIQUE INDEX entity_registrations_open ON entity_registrations (account_id) WHERE state IN ('submitted', 'asked');
CREATE INDEX entity_registrations_of_account ON entity_registrations (account_id, id);
CREATE INDEX entity_registrations_work_list ON entity_registrations (id) WHERE state IN ('submitted', 'asked');
CREATE INDEX entity_registrations_joining ON entity_registrations (joins, id) WHERE joins IS NOT NULL AND state IN ('submitted', 'asked');
