namespace TradeIdentity.Authority.Privacy;

/// <summary>
/// What is stored about a person, part by part, as they get it. A part has the columns that are theirs: never a secret, what one could be
/// made of, nor who else had a hand in it. <c>docs/privacy.md</c> lists the parts; whatever new table names an account has a place
/// here or in <see cref="OfNobodyElse"/>, which a test holds.
/// </summary>
public static class PersonalData
{
    /// <summary>
    /// Names end as their values are: <c>At</c> and <c>Until</c> are times, <c>is</c> and <c>has</c> begin yes or no, <c>Words</c> end lists of
    /// words, <c>Json</c> ends what is JSON already. Parameters: <c>@account</c>, <c>@holder</c> of notices, <c>@address</c> as the account has it and <c>@email</c> normalised.
    /// </summary>
    public static IReadOnlyList<PersonalDataPart> Parts { get; } =
    [
        new("account", ["accounts"],
            """
            SELECT id AS "id", email AS "email", email_confirmed AS "isEmailConfirmed", given_name AS "givenName", family_name AS "familyName",
                language AS "language", roles AS "roleWords", CASE WHEN password_hash IS NULL THEN 0 ELSE 1 END AS "hasPassword", two_factor_enabled AS "hasSecondFactor",
                failed_sign_ins AS "wrongGuesses", locked_until AS "lockedUntil", created_at AS "createdAt", disabled_at AS "shutAt"
            FROM accounts WHERE id = @account
            """),
        new("recoveryCodes", ["account_recovery_codes"], """SELECT COUNT(*) AS "left" FROM account_recovery_codes WHERE account_id = @account"""),
        new("passkeys", ["account_passkeys"],
            """
            SELECT name AS "name", created_at AS "createdAt", last_used_at AS "lastUsedAt", is_backed_up AS "isBackedUp"
            FROM account_passkeys WHERE account_id = @account ORDER BY created_at
            """),
        new("identityProofs", ["identity_proofs"],
            """
            SELECT trust_framework AS "trustFramework", assurance_level AS "assuranceLevel", given_name AS "givenName", family_name AS "familyName",
                confirmed_by AS "confirmedBy", evidence_type AS "evidenceType", evidence_source AS "evidenceSource",
                CASE WHEN reference_digest IS NULL THEN 0 ELSE 1 END AS "hasReference", asserted_at AS "assertedAt", confirmed_at AS "confirmedAt", valid_until AS "validUntil"
            FROM identity_proofs WHERE account_id = @account
            """),
        new("memberships", ["memberships"],
            """
            SELECT tin AS "tin", roles AS "roleWords", powers AS "powerWords", is_joint AS "isJoint", since AS "startsAt", ends_at AS "endsAt", until AS "endedAt"
            FROM memberships WHERE account_id = @account ORDER BY since, id
            """),
        new("sessions", ["account_sessions"],
            """
            SELECT user_agent AS "device", created_at AS "createdAt", last_seen_at AS "lastSeenAt", auth_time AS "signedInAt", amr AS "methodWords", acr AS "acr",
                acting_for AS "actingFor", ended_at AS "endedAt", end_reason AS "endReason"
            FROM account_sessions WHERE account_id = @account ORDER BY created_at
            """),
        new("consents", ["openid_authorizations"],
            """
            SELECT c.client_id AS "client", c.display_name AS "clientName", a.scopes AS "scopesJson", a.properties AS "detailsJson", a.status AS "status", a.creation_date AS "allowedAt"
            FROM openid_authorizations a LEFT JOIN openid_applications c ON c.id = a.application_id
            WHERE a.subject = @account AND a.type = 'permanent' ORDER BY a.creation_date, a.id
            """),
        new("tokens", ["openid_tokens"],
            """
            SELECT c.client_id AS "client", t.type AS "type", t.status AS "status", t.creation_date AS "issuedAt", t.expiration_date AS "endsAt"
            FROM openid_tokens t LEFT JOIN openid_applications c ON c.id = t.application_id
            WHERE t.subject = @account ORDER BY t.creation_date, t.id
            """),
        new("registrations", ["entity_registrations"],
            """
            SELECT details AS "entityJson", capacity AS "capacity", basis AS "basis", joins AS "joins", state AS "state", submitted_at AS "submittedAt", question AS "question",
                answer AS "answer", answered_at AS "answeredAt", tin AS "tin", reason AS "reason", settled_at AS "settledAt"
            FROM entity_registrations WHERE account_id = @account ORDER BY id
            """),
        new("registrationDocuments", ["registration_documents"],
            """
            SELECT registration_id AS "registration", name AS "name", digest AS "sha256", attached_at AS "attachedAt" FROM registration_documents WHERE attached_by = @account ORDER BY id
            """),
        new("invitations", ["invitations"],
            """
            SELECT tin AS "tin", email AS "email", roles AS "roleWords", powers AS "powerWords", is_joint AS "isJoint", starts_at AS "startsAt", ends_at AS "endsAt", state AS "state",
                invited_at AS "invitedAt", settled_at AS "settledAt"
            FROM invitations WHERE email = @address OR upper(email) = @email OR (settled_by = @account AND state IN ('accepted', 'declined')) ORDER BY id
            """),
        new("mandates", ["mandates"],
            """
            SELECT id AS "id", principal_tin AS "principal", grantor_tin AS "grantor", declarations AS "declarationWords", procedures AS "procedureWords", places AS "placeWords",
                value_limit AS "valueLimit", currency AS "currency", state AS "state", valid_from AS "startsAt", valid_until AS "validUntil", granted_at AS "grantedAt",
                answered_at AS "answeredAt", ended_at AS "endedAt"
            FROM mandates WHERE representative_account = @account ORDER BY id
            """),
        new("notices", ["notices", "notices_seen"],
            """
            SELECT kind AS "kind", about AS "about", facts AS "factsJson", at AS "toldAt" FROM notices WHERE holder = @holder ORDER BY id
            """),
        // What others did about the account is in it without who they were; what the person did about another's account without whose.
        new("acts", ["audit_entries"],
            """
            SELECT sequence AS "number", at AS "doneAt", act AS "act",
                CASE WHEN subject LIKE 'account:%' AND subject <> @subject THEN 'account of another' ELSE subject END AS "subject",
                CASE WHEN actor = @account THEN 'you' WHEN actor = 'system' THEN 'system' ELSE 'another' END AS "by",
                CASE WHEN subject = @subject THEN details END AS "detailsJson"
            FROM audit_entries WHERE sequence > @after AND (subject = @subject OR actor = @account) ORDER BY sequence LIMIT @most
            """) { IsPaged = true },
    ];

    /// <summary>Tables with a column that can name an account, and nothing of the person beside it: their acts in them are among <c>acts</c>.</summary>
    public static IReadOnlySet<string> OfNobodyElse { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        // For a moment, until it is told: a session that ended, by its id.
        "logout_outbox",
    };
}

/// <summary>One part of it.</summary>
/// <param name="Name">Its member in the document.</param>
/// <param name="Tables">Where it is stored.</param>
/// <param name="Sql">What of it the person gets.</param>
public sealed record PersonalDataPart(string Name, IReadOnlyList<string> Tables, string Sql)
{
    /// <summary>There can be many: <c>@after</c> the last <c>number</c>, <c>@most</c> at once.</summary>
    public bool IsPaged { get; init; }
}
