using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Aeo;

/// <summary>Who acts for the holder or applicant: a member with the power over AEO status, asked inside the act.</summary>
internal static class AeoHolders
{
    internal static Refusal Required { get; } = new("aeo_holder_required", "This is an act of a person who acts for the operator and has the power to.");

    /// <returns>Why not; null: the person may.</returns>
    internal static async Task<Refusal?> RefuseAsync(WriteTransaction tx, Tin tin, string accountId, DateTimeOffset now) =>
        (await Memberships.RightsAsync(tx, accountId, tin, now).ConfigureAwait(false))?.May(MemberPowers.Aeo) == true ? null : Required;
}
