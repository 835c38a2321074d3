using System.Security.Claims;
using System.Text.Json;
using TradeIdentity.Authority.Mandates;
using TradeIdentity.Authority.Operators.Identifiers;

namespace TradeIdentity.Server.Api;

/// <summary>Who acts, as the access token says.</summary>
internal static class Actor
{
    /// <summary>For the audit trail: the <c>sub</c> of the access token; for a client that acts for itself, its client id.</summary>
    internal static string Of(ClaimsPrincipal principal) =>
        principal.FindFirstValue("sub") ?? throw new InvalidOperationException("An authorised request has a subject.");

    /// <summary>A person with the operator that their token names, or the authority's own system.</summary>
    internal static MandateActor OnMandates(ClaimsPrincipal principal)
    {
        var subject = Of(principal);
        return IsPerson(principal) ? MandateActor.Person(subject, OperatorOf(principal)) : MandateActor.Authority(subject);
    }

    // A token of a client that acts for itself has no time of a sign-in, and its subject is the client.
    private static bool IsPerson(ClaimsPrincipal principal) =>
        principal.HasClaim(claim => claim.Type == "auth_time") || Of(principal) != principal.FindFirstValue("client_id");

    private static Tin? OperatorOf(ClaimsPrincipal principal)
    {
        if (principal.FindFirstValue("organization") is not { } text)
        {
            return null;
        }

        using var organization = JsonDocument.Parse(text);
        return organization.RootElement.TryGetProperty("tin", out var tin) && Tin.TryParse(tin.GetString(), out var parsed) ? parsed : null;
    }
}
