using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Companies.Registrations;

/// <summary>Who decides on the identity of entities: officers in the role of registrar, asked inside the act, and never for themselves.</summary>
internal static class Registrars
{
    /// <param name="tx">The transaction of the act.</param>
    /// <param name="officer">Who decides.</param>
    /// <param name="applicant">For whom.</param>
    /// <param name="tin">Of which entity, where it is registered.</param>
    /// <returns>Why not; null: the officer may.</returns>
    public static async Task<Refusal?> RefuseAsync(WriteTransaction tx, string officer, string? applicant, Tin? tin)
    {
        if (!await RolesOfNow.HasAsync(tx, officer, AccountRoles.Registrar).ConfigureAwait(false))
        {
            return new Refusal("registrar_required", "This is an act of a registrar who is signed in.");
        }

        return officer == applicant
            || (tin is not null && await tx.ScalarAsync<string>(
                "SELECT id FROM memberships WHERE account_id = @officer AND tin = @tin AND until IS NULL", new { officer, tin = tin.Value }).ConfigureAwait(false) is not null)
            ? new Refusal("registration_own", "Nobody decides on an entity that they act for, or want to act for.")
            : null;
    }
}
