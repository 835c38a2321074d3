-- An application is withdrawn by two where members sign jointly.
ALTER TABLE joint_acts DROP CONSTRAINT joint_acts_kind_check;
ALTER TABLE joint_acts ADD CONSTRAINT joint_acts_kind_check CHECK (kind IN ('aeo-submit', 'aeo-withdraw', 'aeo-relinquish', 'mandate-grant', 'master-data-release'));
