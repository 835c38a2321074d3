-- The mandate that a Mandate credential states; NULL in credentials of before.
ALTER TABLE credentials ADD COLUMN mandate_id TEXT;

-- How a revoked credential ended: 1 by the authority, 2 with its AEO component, 3 replaced by another, 4 reported lost.
-- NULL while it has not ended, and in credentials that were revoked before.
ALTER TABLE credentials ADD COLUMN ended_as BIGINT;
ALTER TABLE credentials ADD COLUMN replaced_by TEXT;
