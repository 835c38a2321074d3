using System.Security.Claims;
using TradeIdentity.Authority;
using TradeIdentity.Authority.Aeo;

namespace TradeIdentity.Server.Api;

/// <summary>
/// Who decides on AEO status by an access token: the person whose it is, with the roles of now, or the client that acts for
/// itself. A token that was exchanged does not come this far (<see cref="OwnToken"/>).
/// </summary>
internal static class OfficerOfToken
{
    internal static async Task<Outcome<AeoOfficer>> FindAsync(ClaimsPrincipal principal, AeoOfficers officers, CancellationToken cancellationToken)
    {
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
