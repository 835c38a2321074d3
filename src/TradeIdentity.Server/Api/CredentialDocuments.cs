using TradeIdentity.Authority.Configuration;
using TradeIdentity.Authority.Credentials;
using TradeIdentity.Authority.Issuance;
using TradeIdentity.Verification.Trust;

namespace TradeIdentity.Server.Api;

/// <summary>Asks for a credential.</summary>
/// <param name="Tin">The operator's TIN.</param>
/// <param name="Type"><c>LegalIdentity</c>, <c>AeoStatus</c> or <c>Mandate</c>.</param>
/// <param name="Mandate">Id of the mandate that a <c>Mandate</c> states; of no other type.</param>
internal sealed record CredentialRequestBody(string Tin, string Type, string? Mandate = null);

/// <summary>A credential that was issued.</summary>
/// <param name="Id">In the ledger.</param>
/// <param name="Type">Of the catalogue.</param>
/// <param name="Tin">Whose.</param>
/// <param name="QrText">What its QR code holds.</param>
/// <param name="IssuedAt">When.</param>
/// <param name="ExpiresAt">Until when.</param>
/// <param name="Status">Where its status is, and what it is now.</param>
/// <param name="Links">As pictures.</param>
/// <param name="Mandate">Id of the mandate that it states.</param>
/// <param name="EndedAs">Of a revoked one: <c>revoked_by_authority</c>, <c>aeo_component_ended</c>, <c>replaced</c> or <c>reported_lost</c>.</param>
/// <param name="ReplacedBy">Id of the one that was issued in its place.</param>
internal sealed record CredentialBody(
    string Id, string Type, string Tin, string QrText, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt, CredentialStatusBody Status, CredentialLinks Links,
    string? Mandate = null, string? EndedAs = null, string? ReplacedBy = null)
{
    internal static CredentialBody Of(IssuedCredential credential, IssuerOptions issuer)
    {
        var address = $"{issuer.BaseUrl.TrimEnd('/')}/api/v1/credentials/{credential.Id}";
        return new CredentialBody(
            credential.Id.ToString(),
            CredentialTypeCatalogue.Name(credential.Type),
            credential.Tin,
            credential.QrText,
            credential.IssuedAt,
            credential.ExpiresAt,
            new CredentialStatusBody(credential.StatusReference.List, credential.StatusReference.Index, StatusName(credential.Status)),
            new CredentialLinks($"{address}/qr.png", $"{address}/qr.svg", $"{address}/card.pdf"),
            credential.Mandate,
            credential.EndedAs switch
            {
                null => null,
                CredentialEnd.ByAuthority => "revoked_by_authority",
                CredentialEnd.WithAeoComponent => "aeo_component_ended",
                CredentialEnd.Replaced => "replaced",
                _ => "reported_lost",
            },
            credential.ReplacedBy?.ToString());
    }

    private static string StatusName(StatusValue status) => status switch
    {
        StatusValue.Valid => "valid",
        StatusValue.Suspended => "suspended",
        _ => "revoked",
    };
}

/// <summary>Where the status of a credential is, and what it is now.</summary>
internal sealed record CredentialStatusBody(int List, int Index, string Value);

/// <summary>The credential as pictures.</summary>
internal sealed record CredentialLinks(string Png, string Svg, string Pdf);

/// <summary>The newest credentials of an operator.</summary>
internal sealed record CredentialList(IReadOnlyList<CredentialBody> Items);

/// <summary>A page of an operator's credentials, newest first; how many there are in all; where the next page begins.</summary>
internal sealed record CredentialPageBody(IReadOnlyList<CredentialBody> Items, int Total, string? NextCursor);

/// <summary>Reports a credential lost.</summary>
/// <param name="Ground">What happened, one line.</param>
internal sealed record LossBody(string Ground);

/// <summary>Changes the status of a credential.</summary>
/// <param name="Status"><c>valid</c> (lifts a suspension), <c>suspended</c> or <c>revoked</c>.</param>
/// <param name="Ground">The legal ground, one line.</param>
internal sealed record StatusChangeBody(string Status, string Ground);

/// <summary>Asks for a verdict.</summary>
internal sealed record VerificationBody(string QrText);

/// <summary>One line of the answer to a bulk request, in the order of the lines sent.</summary>
internal sealed record BulkLine(long Line, string Outcome, CredentialBody? Credential, string? Code, string? Detail);

/// <summary>Whether the operator is told of uses of its credentials: since when, or not at all.</summary>
internal sealed record UseNoticesBody(DateTimeOffset? AskedAt);
