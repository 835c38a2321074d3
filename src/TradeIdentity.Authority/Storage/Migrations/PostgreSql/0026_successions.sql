-- What became of an operator: 1 merged, 2 divided, 3 renumbered (each ends it), 4 renamed. successors: their TINs, a JSON array.
ALTER TABLE operators ADD COLUMN succession_kind BIGINT CHECK (succession_kind BETWEEN 1 AND 4);
ALTER TABLE operators ADD COLUMN succeeded_on TEXT;
ALTER TABLE operators ADD COLUMN successors TEXT;

CREATE INDEX operators_succeeded ON operators (succeeded_on) WHERE succession_kind IS NOT NULL;

-- What one officer proposed and another settles. predecessors and successors: TINs, JSON arrays.
CREATE TABLE successions (
    id           TEXT COLLATE "C" PRIMARY KEY CHECK (length(id) = 32),
    kind         BIGINT NOT NULL CHECK (kind BETWEEN 1 AND 3),
    predecessors TEXT NOT NULL,
    successors   TEXT NOT NULL,
    effective_on TEXT NOT NULL,
    legal_ground TEXT NOT NULL,
    proposed_by  TEXT NOT NULL,
    proposed_at  BIGINT NOT NULL,
    state        TEXT NOT NULL CHECK (state IN ('open', 'approved', 'turned-down', 'withdrawn')),
    settled_by   TEXT,
    settled_at   BIGINT,
    reason       TEXT,
    CHECK ((state = 'open') = (settled_at IS NULL))
);

CREATE INDEX successions_work_list ON successions (id) WHERE state = 'open';
