-- Legal and trading names, each with the key it is searched for by and the skeleton it is compared by (NameKey).
CREATE TABLE operator_names (
    id       INTEGER PRIMARY KEY,
    tin      TEXT NOT NULL REFERENCES operators (tin),
    name     TEXT NOT NULL,
    name_key TEXT NOT NULL,
    skeleton TEXT NOT NULL
) STRICT;

CREATE INDEX operator_names_by_tin ON operator_names (tin);

CREATE INDEX operator_names_by_skeleton ON operator_names (skeleton, tin);

-- Keys are upper case already, and which names hold a trigram is all that is asked.
CREATE VIRTUAL TABLE operator_names_index USING fts5 (
    name_key, content = 'operator_names', content_rowid = 'id', tokenize = 'trigram case_sensitive 1', detail = none, columnsize = 0);

CREATE TRIGGER operator_names_inserted AFTER INSERT ON operator_names
BEGIN
    INSERT INTO operator_names_index (rowid, name_key) VALUES (NEW.id, NEW.name_key);
END;

CREATE TRIGGER operator_names_deleted AFTER DELETE ON operator_names
BEGIN
    INSERT INTO operator_names_index (operator_names_index, rowid, name_key) VALUES ('delete', OLD.id, OLD.name_key);
END;

CREATE TRIGGER operator_names_update_refused BEFORE UPDATE ON operator_names
BEGIN
    SELECT RAISE(ABORT, 'operator_names is written anew');
END;

-- A key is not made in SQL: these operators wait for theirs.
CREATE TABLE operators_to_name (
    tin TEXT PRIMARY KEY REFERENCES operators (tin)
) STRICT, WITHOUT ROWID;

INSERT INTO operators_to_name (tin) SELECT tin FROM operators;

DROP INDEX operators_by_search_name;

ALTER TABLE operators DROP COLUMN search_name;
