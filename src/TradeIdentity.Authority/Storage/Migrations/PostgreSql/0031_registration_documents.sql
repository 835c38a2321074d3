-- What people show who register an entity.
CREATE TABLE registration_documents (
    id              TEXT COLLATE "C" PRIMARY KEY CHECK (length(id) = 32),
    registration_id TEXT NOT NULL REFERENCES entity_registrations (id) ON DELETE CASCADE,
    digest          TEXT NOT NULL REFERENCES documents (digest),
    name            TEXT NOT NULL,
    attached_by     TEXT NOT NULL,
    attached_at     BIGINT NOT NULL
);

CREATE INDEX registration_documents_of_registration ON registration_documents (registration_id, id);
CREATE INDEX registration_documents_of_document ON registration_documents (digest);
CREATE INDEX registration_documents_of_account ON registration_documents (attached_by);
