using System.Globalization;
using System.Security.Claims;
using System.Text.Json;
using System.Text.Json.Nodes;
using TradeIdentity.Authority;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Privacy;

namespace TradeIdentity.Server.OpenId.Persons;

/// <summary>The claims about a legal entity. They say how well each fact was proven: a declared identifier is not a verified one.</summary>
internal static class OrganizationClaims
{
    internal const string Organization = "organization";
    internal const string Aeo = "aeo";
    internal const string Roles = "roles";
    internal const string TrustFramework = "tradeidentity_register";
    internal const string RecordType = "business_register";
    internal const string DocumentType = "register_extract";

    /// <summary><c>organization</c>: TIN, legal name, jurisdiction, roles in trade, identifiers with their evidence level.</summary>
    internal static JsonObject OrganizationOf(Operator @operator, DateTimeOffset now) => Told.Of(
        ("tin", PrivateFact.Tin, @operator.Tin.Value),
        ("legal_name", PrivateFact.LegalName, @operator.LegalName),
        ("jurisdiction", PrivateFact.Jurisdiction, @operator.Jurisdiction.Value),
        ("evidence", PrivateFact.EntityEvidence, Level(@operator.Evidence, now)),
        ("trade_roles", PrivateFact.TradeRoles, Texts(@operator.Roles.Select(role => role.Code))),
        ("identifiers", PrivateFact.Identifiers, new JsonArray([.. @operator.Identifiers.Select(identifier => new JsonObject
        {
            ["scheme"] = identifier.Scheme.Code,
            ["value"] = identifier.Value,
            ["evidence"] = Level(identifier.Evidence, now),
        })])));

    /// <summary>The operator that an access token of this server names; null where it names none.</summary>
    internal static Tin? TinOf(ClaimsPrincipal token)
    {
        if (token.FindFirstValue(Organization) is not { } text)
        {
            return null;
        }

        // Of our own making, in a token whose signature was checked.
        using var organization = JsonDocument.Parse(text);
        return Tin.Parse(organization.RootElement.GetProperty("tin").GetString()!);
    }

    /// <summary><c>aeo</c>: each component with its status, and when this was asked.</summary>
    internal static JsonArray AeoOf(Operator @operator, DateTimeOffset now) =>
        new([.. @operator.Aeo.Select(component => Told.Of(
            ("programme", PrivateFact.AeoStatus, component.Programme),
            ("component", PrivateFact.AeoStatus, component.Component),
            ("status", PrivateFact.AeoStatus, component.Status.ToCode()),
            ("effective_from", PrivateFact.AeoValidity, component.EffectiveFrom.ToString("O", CultureInfo.InvariantCulture)),
            ("as_of", PrivateFact.AeoStatus, UtcTimeJson.Text(now))))]);

    /// <summary>
    /// The elements of <c>verified_claims</c> about the entity (OpenID Connect for Identity Assurance 1.0 §5): only what something beside
    /// the trader's word confirmed, each under what confirmed it. Empty where nothing did.
    /// </summary>
    internal static List<JsonObject> VerifiedOf(Operator @operator, DateTimeOffset now)
    {
        var verified = new List<JsonObject>();
        if (@operator.Evidence.LevelAt(now) == AssuranceLevel.Confirmed)
        {
            verified.Add(Verified(@operator.Evidence, Facts(@operator)));
        }

        var told = PrivacyTable.Tell(Viewer.RelyingParty, PrivateFact.Identifiers, @operator.Identifiers) ?? [];
        foreach (var identifiers in told.Where(identifier => identifier.Evidence.LevelAt(now) == AssuranceLevel.Confirmed).GroupBy(identifier => identifier.Evidence))
        {
            verified.Add(Verified(identifiers.Key, new JsonObject
            {
                [VerifiedClaimNames.OrganizationIdentifiers] = new JsonArray([.. identifiers.Select(identifier => new JsonObject { ["scheme"] = identifier.Scheme.Code, ["value"] = identifier.Value })]),
            }));
        }

        return verified;
    }

    private static JsonObject Facts(Operator @operator) => Told.Of(
        (VerifiedClaimNames.OrganizationName, PrivateFact.LegalName, @operator.LegalName),
        (VerifiedClaimNames.LegalJurisdiction, PrivateFact.Jurisdiction, @operator.Jurisdiction.Value),
        (VerifiedClaimNames.TradingAs, PrivateFact.TradingNames, @operator.TradingNames.Count > 0 ? Texts(@operator.TradingNames) : null),
        (VerifiedClaimNames.EntityLegalForm, PrivateFact.LegalForm, @operator.LegalForm?.Value),
        (VerifiedClaimNames.RegisteredAddress, PrivateFact.RegisteredAddress, @operator.RegisteredAddress is { } address ? Address(address) : null));

    private static JsonObject Verified(Evidence evidence, JsonObject claims) => new()
    {
        ["verification"] = new JsonObject
        {
            ["trust_framework"] = TrustFramework,
            ["time"] = UtcTimeJson.Text(evidence.ConfirmedAt ?? evidence.AssertedAt),
            ["evidence"] = new JsonArray(EvidenceOf(evidence)),
        },
        ["claims"] = claims,
    };

    // OpenID Identity Assurance Schema Definition 1.0 §5.4.4: each type of evidence has its own member for what it was.
    private static JsonObject EvidenceOf(Evidence evidence) => evidence.ConfirmedBy switch
    {
        Confirmation.Document => EvidenceOf(IdentityClaims.Document, "document_details", DocumentType, "issuer", "name", evidence),
        Confirmation.Officer => EvidenceOf(IdentityClaims.Vouch, "attestation", "digital_attestation", "voucher", "organization", evidence),
        _ => EvidenceOf(IdentityClaims.ElectronicRecord, "record", RecordType, "source", "name", evidence),
    };

    private static JsonObject EvidenceOf(string type, string details, string detailsType, string source, string sourceName, Evidence evidence) => new()
    {
        ["type"] = type,
        [details] = new JsonObject { ["type"] = detailsType, [source] = new JsonObject { [sourceName] = evidence.Source } },
    };

    // OpenID Connect Core §5.1.1.
    private static JsonObject Address(RegisteredAddress address)
    {
        var written = new JsonObject { ["country"] = address.Country.Value };
        foreach (var (name, value) in new[] { ("street_address", address.Street), ("locality", address.Locality), ("postal_code", address.PostalCode) })
        {
            if (value is not null)
            {
                written[name] = value;
            }
        }

        return written;
    }

    private static string Level(Evidence evidence, DateTimeOffset now) => evidence.LevelAt(now) == AssuranceLevel.Confirmed ? "confirmed" : "declared";

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);
}
