-- Legal and trading names, each with the key it is searched for by and the skeleton it is compared by (NameKey).
-- COLLATE "C": compared by their characters, and ranges of what begins alike follow one order on every server.
CREATE TABLE operator_names (
    id       BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tin      TEXT COLLATE "C" NOT NULL REFERENCES operators (tin),
    name     TEXT NOT NULL,
    name_key TEXT COLLATE "C" NOT NULL,
    skeleton TEXT COLLATE "C" NOT NULL
);

CREATE INDEX operator_names_by_tin ON operator_names (tin);

CREATE INDEX operator_names_by_skeleton ON operator_names (skeleton, tin);

-- In a schema that every search path can name: the extension is of the database, the tables perhaps of one schema of several.
CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;

CREATE INDEX operator_names_by_trigram ON operator_names USING gin (name_key public.gin_trgm_ops);

-- A key is not made in SQL: these operators wait for theirs.
CREATE TABLE operators_to_name (
    tin TEXT COLLATE "C" PRIMARY KEY REFERENCES operators (tin)
);

INSERT INTO operators_to_name (tin) SELECT tin FROM operators;

ALTER TABLE operators DROP COLUMN search_name;

-- Values of identifiers are searched for by how they begin, in one order on every server.
ALTER TABLE operator_identifiers ALTER COLUMN value TYPE TEXT COLLATE "C";
