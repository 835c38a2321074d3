CREATE TABLE operators (
    tin                    TEXT PRIMARY KEY,
    legal_name             TEXT NOT NULL,
    -- Legal and trading names, each folded for search, a line each.
    search_name            TEXT NOT NULL,
    trading_names          TEXT NOT NULL,
    jurisdiction           TEXT NOT NULL,
    legal_form             TEXT,
    street                 TEXT,
    locality               TEXT,
    postal_code            TEXT,
    country                TEXT,
    roles                  TEXT NOT NULL,
    evidence_source        TEXT NOT NULL,
    evidence_asserted_by   TEXT NOT NULL,
    evidence_asserted_at   INTEGER NOT NULL,
    evidence_confirmed_by  TEXT,
    evidence_confirmed_at  INTEGER,
    evidence_valid_until   INTEGER,
    -- Of the source's statement without its AEO entries: tells an import that nothing changed.
    facts_digest           BLOB NOT NULL,
    created_at             INTEGER NOT NULL,
    updated_at             INTEGER NOT NULL,
    version                INTEGER NOT NULL CHECK (version >= 1)
) STRICT;

CREATE INDEX operators_by_search_name ON operators (search_name);

CREATE TABLE operator_identifiers (
    tin          TEXT NOT NULL REFERENCES operators (tin),
    scheme       TEXT NOT NULL,
    value        TEXT NOT NULL,
    source       TEXT NOT NULL,
    asserted_by  TEXT NOT NULL,
    asserted_at  INTEGER NOT NULL,
    confirmed_by TEXT,
    confirmed_at INTEGER,
    valid_until  INTEGER,
    PRIMARY KEY (tin, scheme, value)
) STRICT;

CREATE INDEX operator_identifiers_by_value ON operator_identifiers (value);

-- One legal entity each, once confirmed; the schemes are those that IdentifierScheme calls unique.
CREATE UNIQUE INDEX operator_identifiers_held_once ON operator_identifiers (scheme, value)
WHERE scheme IN ('lei', 'eori', 'gln', 'duns', 'euid') AND confirmed_by IS NOT NULL;

CREATE TABLE aeo_components (
    tin                  TEXT NOT NULL REFERENCES operators (tin),
    programme            TEXT NOT NULL,
    component            TEXT NOT NULL,
    tier                 TEXT,
    status               TEXT NOT NULL,
    suspension_ground    TEXT,
    authorisation_number TEXT,
    -- Dates are ISO 8601 calendar dates: an authorisation has days, not instants.
    granted_from         TEXT,
    decided_on           TEXT,
    effective_from       TEXT NOT NULL,
    effective_until      TEXT,
    step                 INTEGER NOT NULL CHECK (step >= 1),
    PRIMARY KEY (tin, programme, component)
) STRICT;

CREATE TABLE aeo_history (
    tin                  TEXT NOT NULL REFERENCES operators (tin),
    programme            TEXT NOT NULL,
    component            TEXT NOT NULL,
    step                 INTEGER NOT NULL CHECK (step >= 1),
    act                  TEXT NOT NULL,
    from_status          TEXT,
    to_status            TEXT NOT NULL,
    tier                 TEXT,
    suspension_ground    TEXT,
    authorisation_number TEXT,
    granted_from         TEXT,
    decided_on           TEXT,
    effective_from       TEXT NOT NULL,
    effective_until      TEXT,
    legal_ground         TEXT,
    proposed_by          TEXT NOT NULL,
    approved_by          TEXT NOT NULL,
    source               TEXT,
    recorded_at          INTEGER NOT NULL,
    PRIMARY KEY (tin, programme, component, step)
) STRICT;

CREATE TRIGGER aeo_history_update_refused BEFORE UPDATE ON aeo_history
BEGIN
    SELECT RAISE(ABORT, 'aeo_history is append-only');
END;

CREATE TRIGGER aeo_history_delete_refused BEFORE DELETE ON aeo_history
BEGIN
    SELECT RAISE(ABORT, 'aeo_history is append-only');
END;

-- INSERT OR REPLACE deletes without firing the delete trigger.
CREATE TRIGGER aeo_history_replace_refused BEFORE INSERT ON aeo_history
WHEN EXISTS (
    SELECT 1 FROM aeo_history
    WHERE tin = NEW.tin AND programme = NEW.programme AND component = NEW.component AND step = NEW.step)
BEGIN
    SELECT RAISE(ABORT, 'aeo_history is append-only');
END;
