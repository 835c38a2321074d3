using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Credentials;
using TradeIdentity.Authority.Mandates;
using TradeIdentity.Verification.Credentials;

namespace TradeIdentity.Authority.Issuance;

/// <summary>
/// The holder has a credential of its own issued: of what the register says of it now, or of a mandate that it holds as
/// representative. <see cref="HolderTerms"/> bound it.
/// </summary>
public sealed class ObtainCredential(IssueBatch batch, MandateReader mandates, Memberships memberships)
{
    /// <param name="request">For the entity that the person acts for.</param>
    /// <param name="accountId">An administrator of it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<Outcome<IssuedCredential>> ExecuteAsync(CredentialRequest request, string accountId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        // Before anything is signed for a stranger; the transaction asks again.
        if ((await memberships.FindAsync(accountId, request.Tin, cancellationToken).ConfigureAwait(false))?.Rights.May(MemberPowers.Credentials) != true)
        {
            return HolderTerms.NotHolder;
        }

        // Ids of mandates and of credentials are written alike; of what is not one, no database is asked.
        if (request.Type == CredentialTypes.Mandate && request.Mandate is not null
            && (!CredentialId.TryParse(request.Mandate, out _)
                || (await mandates.FindAsync(request.Mandate, cancellationToken).ConfigureAwait(false))?.Last.Representative != new MandateRepresentative.OfOperator(request.Tin)))
        {
            return MandateReader.Unknown;
        }

        var outcomes = await batch.ExecuteAsync(
            [request], accountId, (tx, credential, now) => HolderTerms.RefuseAsync(tx, credential, null, accountId, now), cancellationToken).ConfigureAwait(false);
        return outcomes[0];
    }
}
