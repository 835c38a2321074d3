using System.Security.Claims;
using TradeIdentity.Authority;
using TradeIdentity.Authority.Aeo;

namespace TradeIdentity.Server.Api;

/// <summary>
/// Who decides on AEO status by an access token: the person whose it is, with the roles of now, or the client that acts for
/// itself. A token that was exchanged (RFC 8693) decides nothing: a system that was handed it is not the officer.
/// </summary>
internal static class OfficerOfToken
{
    internal static async Task<Outcome<AeoOfficer>> FindAsync(ClaimsPrincipal principal, AeoOfficers officers, CancellationToken cancellationToken)
    {
        if (Actor.IsExchanged(principal))
        {
            return new Refusal("aeo_officer_required", "An officer decides with a token of their own, not with one that was exchanged for it.");
        }

        var subject = Actor.Of(principal);
        if (Actor.IsClient(principal))
        {
            return AeoOfficer.System(subject);
        }

        return await officers.OfAccountAsync(subject, cancellationToken) is { } officer
            ? officer
            : new Refusal("aeo_officer_required", "The account is not an officer's.");
    }
}
