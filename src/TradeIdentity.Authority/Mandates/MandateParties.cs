using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Mandates;

/// <summary>Who may act for a side of a mandate, asked inside the act: a token can be older than the loss of the right.</summary>
internal static class MandateParties
{
    /// <summary>The authority's own system; or a person who acts for the operator now, and is an administrator of it or has the power to.</summary>
    internal static async Task<bool> MayBindAsync(WriteTransaction tx, MandateActor actor, Tin tin, DateTimeOffset now) =>
        actor.IsAuthority || (await RightsAsync(tx, actor, tin, now).ConfigureAwait(false))?.May(MemberPowers.Mandates) == true;

    /// <summary>Null: the person does not act for the operator now, or nobody is a person.</summary>
    internal static async Task<MemberRights?> RightsAsync(WriteTransaction tx, MandateActor actor, Tin tin, DateTimeOffset now) =>
        actor.Account is { } account && actor.ActingFor == tin ? await Memberships.RightsAsync(tx, account, tin, now).ConfigureAwait(false) : null;

    /// <summary>For the representative: their operator's administrators, or the person themselves.</summary>
    internal static Task<bool> MayBindAsync(WriteTransaction tx, MandateActor actor, MandateRepresentative representative, DateTimeOffset now) => representative switch
    {
        MandateRepresentative.OfOperator entity => MayBindAsync(tx, actor, entity.Tin, now),
        MandateRepresentative.OfPerson person => Task.FromResult(actor.IsAuthority || actor.Account == person.AccountId),
        _ => throw new InvalidOperationException("A representative is an operator or a person."),
    };
}
