using System.Text.Json.Nodes;
using TradeIdentity.Authority;
using TradeIdentity.Authority.Accounts.IdentityProofs;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace TradeIdentity.Server.OpenId.Persons;

/// <summary>
/// The element of <c>verified_claims</c> about a person (OpenID Identity Assurance Schema Definition 1.0 §5): the names that were
/// confirmed, and how. What was never confirmed, or no longer is, has no element; and no element is about a person and an entity.
/// </summary>
internal static class IdentityClaims
{
    internal const string Document = "document";
    internal const string ElectronicRecord = "electronic_record";
    internal const string Vouch = "vouch";

    // Check methods as the working group's list of predefined values names them: the document was looked at, and the person
    // compared with it, both present; or the person authenticated with the electronic identification.
    internal static readonly string[] DocumentCheckMethods = ["vpip", "pvp"];
    private static readonly string[] ElectronicCheckMethods = ["auth"];
    private static readonly string[] OfficerCheckMethods = ["pvp"];

    /// <summary>Null where nothing about the person is confirmed now.</summary>
    internal static JsonObject? VerifiedOf(IdentityProof? proof, DateTimeOffset now)
    {
        if (proof is null || !proof.HoldsAt(now))
        {
            return null;
        }

        var claims = new JsonObject();
        if (proof.GivenName.Length > 0)
        {
            claims[Claims.GivenName] = proof.GivenName;
        }

        claims[Claims.FamilyName] = proof.FamilyName;
        return new JsonObject
        {
            ["verification"] = new JsonObject
            {
                ["trust_framework"] = proof.TrustFramework,
                ["assurance_level"] = proof.Assurance.ToCode(),
                ["time"] = UtcTimeJson.Text(proof.ConfirmedAt),
                ["evidence"] = new JsonArray(EvidenceOf(proof)),
            },
            ["claims"] = claims,
        };
    }

    private static JsonObject EvidenceOf(IdentityProof proof) => proof.ConfirmedBy switch
    {
        IdentityConfirmation.Document => Evidence(Document, DocumentCheckMethods, "document_details", proof, "issuer", "name"),
        IdentityConfirmation.ElectronicIdentification => Evidence(ElectronicRecord, ElectronicCheckMethods, "record", proof, "source", "name"),
        _ => Evidence(Vouch, OfficerCheckMethods, "attestation", proof, "voucher", "organization"),
    };

    private static JsonObject Evidence(string type, string[] methods, string details, IdentityProof proof, string source, string sourceName) => new()
    {
        ["type"] = type,
        ["check_details"] = new JsonArray([.. methods.Select(method => new JsonObject { ["check_method"] = method })]),
        [details] = new JsonObject { ["type"] = proof.EvidenceType, [source] = new JsonObject { [sourceName] = proof.EvidenceSource } },
    };
}
