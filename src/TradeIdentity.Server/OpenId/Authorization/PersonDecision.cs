using System.Security.Claims;

namespace TradeIdentity.Server.OpenId.Authorization;

/// <summary>What became of a request to a person, for now.</summary>
internal abstract record PersonDecision
{
    private PersonDecision()
    {
    }

    /// <summary>Granted: what the engine makes a code of.</summary>
    internal sealed record Granted(ClaimsPrincipal Principal) : PersonDecision;

    /// <summary>Refused, by the person or by a rule; an OAuth error.</summary>
    internal sealed record Refused(string Error, string Description) : PersonDecision;

    /// <summary>The person must be asked something: the browser goes to this page, which sends it back.</summary>
    internal sealed record Asked(string Page) : PersonDecision;
}
