using TradeIdentity.Authority.Operators.Identifiers;

namespace TradeIdentity.Authority.Mandates;

/// <summary>Who acts on a mandate.</summary>
/// <param name="Name">For the audit trail: the account's or the client's id.</param>
/// <param name="Account">The person; null where the authority's own system acts.</param>
/// <param name="ActingFor">The operator that the person acts for now.</param>
public sealed record MandateActor(string Name, string? Account, Tin? ActingFor)
{
    /// <summary>The authority's own system, which brings what parties gave it on paper.</summary>
    public static MandateActor Authority(string clientId) => new(clientId, null, null);

    public static MandateActor Person(string accountId, Tin? actingFor) => new(accountId, accountId, actingFor);

    public bool IsAuthority => Account is null;
}
