-- COLLATE "C": TINs are ASCII, and pages of operators follow one order on every server.
CREATE TABLE operators (
    tin                    TEXT COLLATE "C" PRIMARY KEY,
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
    evidence_asserted_at   BIGINT NOT NULL,
    evidence_confirmed_by  TEXT,
    evidence_confirmed_at  BIGINT,
    evidence_valid_until   BIGINT,
    -- Of the source's statement without its AEO entries: tells an import that nothing changed.
    facts_digest           BYTEA NOT NULL,
    created_at             BIGINT NOT NULL,
    updated_at             BIGINT NOT NULL,
    version                BIGINT NOT NULL CHECK (version >= 1)
);

CREATE INDEX operators_by_search_name ON operators (search_name text_pattern_ops);

CREATE TABLE operator_identifiers (
    tin          TEXT COLLATE "C" NOT NULL REFERENCES operators (tin),
    scheme       TEXT NOT NULL,
    value        TEXT NOT NULL,
    source       TEXT NOT NULL,
    asserted_by  TEXT NOT NULL,
    asserted_at  BIGINT NOT NULL,
    confirmed_by TEXT,
    confirmed_at BIGINT,
    valid_until  BIGINT,
    PRIMARY KEY (tin, scheme, value)
);

CREATE INDEX operator_identifiers_by_value ON operator_identifiers (value);

-- One legal entity each, once confirmed; the schemes are those that IdentifierScheme calls unique.
CREATE UNIQUE INDEX operator_identifiers_held_once ON operator_identifiers (scheme, value)
WHERE scheme IN ('lei', 'eori', 'gln', 'duns', 'euid') AND confirmed_by IS NOT NULL;

CREATE TABLE aeo_components (
    tin                  TEXT COLLATE "C" NOT NULL REFERENCES operators (tin),
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
    step                 BIGINT NOT NULL CHECK (step >= 1),
    PRIMARY KEY (tin, programme, component)
);

CREATE TABLE aeo_history (
    tin                  TEXT COLLATE "C" NOT NULL REFERENCES operators (tin),
    programme            TEXT NOT NULL,
    component            TEXT NOT NULL,
    step                 BIGINT NOT NULL CHECK (step >= 1),
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
    recorded_at          BIGINT NOT NULL,
    PRIMARY KEY (tin, programme, component, step)
);

CREATE FUNCTION aeo_history_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'aeo_history is append-only';
END;
$$;

CREATE TRIGGER aeo_history_change_refused BEFORE UPDATE OR DELETE ON aeo_history
FOR EACH ROW EXECUTE FUNCTION aeo_history_refuse_change();

CREATE TRIGGER aeo_history_truncate_refused BEFORE TRUNCATE ON aeo_history
FOR EACH STATEMENT EXECUTE FUNCTION aeo_history_refuse_change();
