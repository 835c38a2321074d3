using TradeIdentity.Authority.Credentials;

namespace TradeIdentity.Authority.Issuance;

/// <summary>Issues one credential.</summary>
public sealed class IssueCredential(IssueBatch batch)
{
    public async Task<Outcome<IssuedCredential>> ExecuteAsync(CredentialRequest request, string actor, CancellationToken cancellationToken) =>
        (await batch.ExecuteAsync([request], actor, cancellationToken).ConfigureAwait(false))[0];
}
