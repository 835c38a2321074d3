-- The clock of an application: the last day to decide, and when the applicant was told that it takes longer.
ALTER TABLE aeo_components ADD COLUMN due_on TEXT;
ALTER TABLE aeo_components ADD COLUMN extended_on TEXT;
CREATE INDEX aeo_components_due ON aeo_components (due_on, tin, programme, component) WHERE due_on IS NOT NULL;

-- taken_by: holder, officer, two-officers or register; NULL in steps of before.
ALTER TABLE aeo_history ADD COLUMN due_on TEXT;
ALTER TABLE aeo_history ADD COLUMN extended_on TEXT;
ALTER TABLE aeo_history ADD COLUMN taken_by TEXT;

-- A decision that takes two officers, from the first to the second. step: of the component, for which it was made.
CREATE TABLE aeo_proposals (
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
    state                TEXT NOT NULL CHECK (state IN ('open', 'approved', 'turned-down', 'overtaken')),
    settled_by           TEXT,
    settled_at           INTEGER,
    reason               TEXT,
    CHECK ((state = 'open') = (settled_at IS NULL))
) STRICT;

-- One at a time for a component, and the work list.
CREATE UNIQUE INDEX aeo_proposals_open ON aeo_proposals (tin, programme, component) WHERE state = 'open';
CREATE INDEX aeo_proposals_work_list ON aeo_proposals (id) WHERE state = 'open';
CREATE INDEX aeo_proposals_by_operator ON aeo_proposals (tin, id);

-- Why a credential is suspended: while it has a hold, it is. cause: 'officer', or the AEO component that is suspended.
CREATE TABLE credential_holds (
    credential_id TEXT NOT NULL REFERENCES credentials (id),
    cause         TEXT NOT NULL,
    step          INTEGER,
    since         INTEGER NOT NULL,
    PRIMARY KEY (credential_id, cause)
) STRICT, WITHOUT ROWID;

INSERT INTO credential_holds (credential_id, cause, since)
SELECT c.id, 'officer', COALESCE((SELECT MAX(s.changed_at) FROM status_changes s WHERE s.credential_id = c.id), c.issued_at)
FROM credentials c WHERE c.status = 2;
