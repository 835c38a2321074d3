using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Mandates;

/// <summary>Who may act for a side of a mandate, asked inside the act: a token can be older than the loss of the right.</summary>
internal static class MandateParties
{
    /// <summary>The authority's own system; or a person who acts for the operator now, and is an administrator of it.</summary>
    internal static async Task<bool> MayBindAsync(WriteTransaction tx, MandateActor actor, Tin tin)
    {
        if (actor.Account is not { } account)
        {
            return true;
        }

        return actor.ActingFor == tin && (await Memberships.RolesAsync(tx, account, tin).ConfigureAwait(false))?.Contains(MembershipRoles.Administrator) == true;
    }

    /// <summary>For the representative: their operator's administrators, or the person themselves.</summary>
    internal static Task<bool> MayBindAsync(WriteTransaction tx, MandateActor actor, MandateRepresentative representative) => representative switch
    {
        MandateRepresentative.OfOperator entity => MayBindAsync(tx, actor, entity.Tin),
        MandateRepresentative.OfPerson person => Task.FromResult(actor.IsAuthority || actor.Account == person.AccountId),
        _ => throw new InvalidOperationException("A representative is an operator or a person."),
    };
}
