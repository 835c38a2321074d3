-- What ends soon is found by its end. Credentials have no such index: each one would cost the issue of a million, for one walk a day.

CREATE INDEX mandates_by_end ON mandates (valid_until) WHERE state = 2;
CREATE INDEX aeo_components_by_end ON aeo_components (effective_until) WHERE effective_until IS NOT NULL;
