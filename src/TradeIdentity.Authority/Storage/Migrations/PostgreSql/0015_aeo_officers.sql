-- A proposal can be withdrawn by who made it.
ALTER TABLE aeo_proposals DROP CONSTRAINT aeo_proposals_state_check;
ALTER TABLE aeo_proposals ADD CONSTRAINT aeo_proposals_state_check CHECK (state IN ('open', 'approved', 'turned-down', 'overtaken', 'withdrawn'));

-- What the authority asks of an applicant. step: that of the component which asked.
CREATE TABLE aeo_requests (
    id         TEXT COLLATE "C" PRIMARY KEY CHECK (length(id) = 32),
    tin        TEXT COLLATE "C" NOT NULL REFERENCES operators (tin),
    programme  TEXT NOT NULL,
    component  TEXT NOT NULL,
    step       BIGINT NOT NULL CHECK (step >= 1),
    question   TEXT NOT NULL,
    due_on     TEXT NOT NULL,
    asked_by   TEXT NOT NULL,
    asked_at   BIGINT NOT NULL,
    state      TEXT NOT NULL CHECK (state IN ('open', 'answered', 'closed')),
    answer     TEXT,
    settled_by TEXT,
    settled_at BIGINT,
    CHECK ((state = 'open') = (settled_at IS NULL)),
    CHECK ((state = 'answered') = (answer IS NOT NULL))
);

-- One at a time for a component.
CREATE UNIQUE INDEX aeo_requests_open ON aeo_requests (tin, programme, component) WHERE state = 'open';
CREATE INDEX aeo_requests_by_operator ON aeo_requests (tin, id);

-- Reports of audit visits. findings: a JSON array, one for each criterion.
CREATE TABLE aeo_visits (
    id          TEXT COLLATE "C" PRIMARY KEY CHECK (length(id) = 32),
    tin         TEXT COLLATE "C" NOT NULL REFERENCES operators (tin),
    programme   TEXT NOT NULL,
    component   TEXT NOT NULL,
    step        BIGINT NOT NULL CHECK (step >= 1),
    visited_on  TEXT NOT NULL,
    place       TEXT NOT NULL,
    visitors    TEXT NOT NULL,
    findings    TEXT NOT NULL,
    favourable  BIGINT NOT NULL CHECK (favourable IN (0, 1)),
    conclusion  TEXT NOT NULL,
    recorded_by TEXT NOT NULL,
    recorded_at BIGINT NOT NULL
);

CREATE INDEX aeo_visits_by_operator ON aeo_visits (tin, id);

-- What an officer did with a component: the work list's own applications.
CREATE INDEX aeo_history_by_officer ON aeo_history (approved_by, tin, programme, component) WHERE taken_by = 'officer';
