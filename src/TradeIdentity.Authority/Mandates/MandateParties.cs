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
        if (actor.IsAuthority)
        {
            return true;
        }

        if (actor.ActingFor != tin)
        {
            return false;
        }

        var roles = await tx.ScalarAsync<string>(
            """
            SELECT m.roles FROM memberships m JOIN accounts a ON a.id = m.account_id
            WHERE m.account_id = @Account AND m.tin = @Tin AND m.until IS NULL AND a.disabled_at IS NULL
            """, new { actor.Account, Tin = tin.Value }).ConfigureAwait(false);
        return roles is not null && roles.Split(' ').Contains(MembershipRoles.Administrator);
    }

    /// <summary>For the representative: their operator's administrators, or the person themselves.</summary>
    internal static Task<bool> MayBindAsync(WriteTransaction tx, MandateActor actor, MandateRepresentative representative) => representative switch
    {
        MandateRepresentative.OfOperator entity => MayBindAsync(tx, actor, entity.Tin),
        MandateRepresentative.OfPerson person => Task.FromResult(actor.IsAuthority || actor.Account == person.AccountId),
        _ => throw new InvalidOperationException("A representative is an operator or a person."),
    };
}
