-- A proposal can be withdrawn by who made it.
CREATE TABLE aeo_proposals_next (
    id                   TEXT PRIMARY KEY CHECK (length(id) = 32),
    tin                  TEXT NOT NULL REFERENCES operators (tin),
    programme            TEXT NOT NULL,
    component            TEXT NOT NULL,
    step                 INTEGER NOT NULL CHECK (step >= 1),
    act                  TEXT NOT NULL,
    tier                 TEXT,
    suspension_ground    TEXT,
    authorisation_number TEXT,
    effective_from       TEXT NOT NULL,
    effective_until      TEXT,
    legal_ground         TEXT NOT NULL,
    due_on               TEXT,
    proposed_by          TEXT NOT NULL,
    proposed_at          INTEGER NOT NULL,
    state                TEXT NOT NULL CHECK (state IN ('open', 'approved', 'turned-down', 'overtaken', 'withdrawn')),
    settled_by           TEXT,
    settled_at           INTEGER,
    reason               TEXT,
    CHECK ((state = 'open') = (settled_at IS NULL))
) STRICT;
INSERT INTO aeo_proposals_next (id, tin, programme, component, step, act, tier, suspension_ground, authorisation_number, effective_from,
    effective_until, legal_ground, due_on, proposed_by, proposed_at, state, settled_by, settled_at, reason)
SELECT id, tin, programme, component, step, act, tier, suspension_ground, authorisation_number, effective_from,
    effective_until, legal_ground, due_on, proposed_by, proposed_at, state, settled_by, settled_at, reason
FROM aeo_proposals;
DROP TABLE aeo_proposals;
ALTER TABLE aeo_proposals_next RENAME TO aeo_proposals;
CREATE UNIQUE INDEX aeo_proposals_open ON aeo_proposals (tin, programme, component) WHERE state = 'open';
CREATE INDEX aeo_proposals_work_list ON aeo_proposals (id) WHERE state = 'open';
CREATE INDEX aeo_proposals_by_operator ON aeo_proposals (tin, id);

-- What the authority asks of an applicant. step: that of the component which asked.
CREATE TABLE aeo_requests (
    id         TEXT PRIMARY KEY CHECK (length(id) = 32),
    tin        TEXT NOT NULL REFERENCES operators (tin),
    programme  TEXT NOT NULL,
    component  TEXT NOT NULL,
    step       INTEGER NOT NULL CHECK (step >= 1),
    question   TEXT NOT NULL,
    due_on     TEXT NOT NULL,
    asked_by   TEXT NOT NULL,
    asked_at   INTEGER NOT NULL,
    state      TEXT NOT NULL CHECK (state IN ('open', 'answered', 'closed')),
    answer     TEXT,
    settled_by TEXT,
    settled_at INTEGER,
    CHECK ((state = 'open') = (settled_at IS NULL)),
    CHECK ((state = 'answered') = (answer IS NOT NULL))
) STRICT;

-- One at a time for a component.
CREATE UNIQUE INDEX aeo_requests_open ON aeo_requests (tin, programme, component) WHERE state = 'open';
CREATE INDEX aeo_requests_by_operator ON aeo_requests (tin, id);

-- Reports of audit visits. findings: a JSON array, one for each criterion.
CREATE TABLE aeo_visits (
    id          TEXT PRIMARY KEY CHECK (length(id) = 32),
    tin         TEXT NOT NULL REFERENCES operators (tin),
    programme   TEXT NOT NULL,
    component   TEXT NOT NULL,
    step        INTEGER NOT NULL CHECK (step >= 1),
    visited_on  TEXT NOT NULL,
    place       TEXT NOT NULL,
    visitors    TEXT NOT NULL,
    findings    TEXT NOT NULL,
    favourable  INTEGER NOT NULL CHECK (favourable IN (0, 1)),
    conclusion  TEXT NOT NULL,
    recorded_by TEXT NOT NULL,
    recorded_at INTEGER NOT NULL
) STRICT;

CREATE INDEX aeo_visits_by_operator ON aeo_visits (tin, id);

-- What an officer did with a component: the work list's own applications.
CREATE INDEX aeo_history_by_officer ON aeo_history (approved_by, tin, programme, component) WHERE taken_by = 'officer';
