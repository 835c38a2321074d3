namespace TradeIdentity.Authority.OpenId;

public sealed partial class OpenIdTokenStore
{
    // A new concurrency token: whoever read the entity before it was revoked can no longer write it back.
    private const string Revoke = "UPDATE openid_tokens SET status = 'revoked', concurrency_token = @NextConcurrencyToken\n";

    public ValueTask<long> RevokeAsync(string? subject, string? client, string? status, string? type, CancellationToken cancellationToken)
    {
        var filter = new EntityFilter(subject, client, status, type);
        return RevokeAsync(filter.Choose(Revoke + EntityFilter.OfSubject, Revoke + EntityFilter.OfClient, Revoke + EntityFilter.OfAll), filter, cancellationToken);
    }

    public ValueTask<long> RevokeByApplicationIdAsync(string identifier, CancellationToken cancellationToken) =>
        RevokeAsync(null, identifier, null, null, cancellationToken);

    public async ValueTask<long> RevokeByAuthorizationIdAsync(string identifier, CancellationToken cancellationToken) =>
        await database.WriteAsync(tx => RevokeTokens.OfFamilyAsync(tx, identifier), cancellationToken);

    public ValueTask<long> RevokeBySubjectAsync(string subject, CancellationToken cancellationToken) =>
        RevokeAsync(subject, null, null, null, cancellationToken);

    private async ValueTask<long> RevokeAsync(string sql, EntityFilter filter, CancellationToken cancellationToken) =>
        await database.ExecuteAsync(sql, filter, cancellationToken);
}
