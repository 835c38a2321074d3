using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Successions;

/// <summary>Who decides what became of operators: a registrar proposes, an approver approves; asked inside the act, and never for an operator that one of them acts for.</summary>
internal static class SuccessionOfficers
{
    /// <returns>Why not; null: the officer may.</returns>
    public static async Task<Refusal?> RefuseAsync(WriteTransaction tx, string officer, string role, IEnumerable<Tin> parties)
    {
        if (!await RolesOfNow.HasAsync(tx, officer, role).ConfigureAwait(false))
        {
            return role == AccountRoles.Registrar
                ? new Refusal("registrar_required", "A succession is proposed by a registrar who is signed in.")
                : new Refusal("approver_required", "A succession is approved or turned down by a person who is an approver.");
        }

        foreach (var tin in parties)
        {
            if (await AeoOfficers.OwnOperatorAsync(tx, tin, officer, officer).ConfigureAwait(false) is not null)
            {
                return new Refusal("succession_own", "An officer who acts for one of the operators decides nothing of them.");
            }
        }

        return null;
    }
}
