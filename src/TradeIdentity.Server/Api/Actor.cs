using System.Security.Claims;
using TradeIdentity.Authority.Mandates;
using TradeIdentity.Server.OpenId.Persons;

namespace TradeIdentity.Server.Api;

/// <summary>Who acts, as the access token says.</summary>
internal static class Actor
{
    /// <summary>For the audit trail: the <c>sub</c> of the access token; for a client that acts for itself, its client id.</summary>
    internal static string Of(ClaimsPrincipal principal) =>
        principal.FindFirstValue("sub") ?? throw new InvalidOperationException("An authorised request has a subject.");

    /// <summary>RFC 9068 §2.2: the subject of a client that acts for itself is the client; and nobody signed in for it.</summary>
    internal static bool IsClient(ClaimsPrincipal principal) =>
        Of(principal) == principal.FindFirstValue("client_id") && !principal.HasClaim(claim => claim.Type == "auth_time");

    /// <summary>RFC 8693 §4.1: someone acts with what was given to another.</summary>
    internal static bool IsExchanged(ClaimsPrincipal principal) => principal.HasClaim(claim => claim.Type == "act");

    /// <summary>A person with the operator that their token names, or the authority's own system.</summary>
    internal static MandateActor OnMandates(ClaimsPrincipal principal) => IsClient(principal)
        ? MandateActor.Authority(Of(principal))
        : MandateActor.Person(Of(principal), OrganizationClaims.TinOf(principal));
}
