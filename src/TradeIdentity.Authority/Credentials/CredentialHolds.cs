using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Credentials;

/// <summary>
/// Why credentials are suspended. A credential is suspended exactly while it has a hold, whoever laid it: so the end of one
/// suspension restores what it took, and nothing that another still holds.
/// </summary>
internal static class CredentialHolds
{
    /// <summary>An officer suspended this credential by itself.</summary>
    public const string Officer = "officer";

    /// <summary>The AEO component is suspended.</summary>
    public static string Component(string programme, string component) => $"{programme}/{component}";

    public static Task LayAsync(WriteTransaction tx, IEnumerable<string> credentialIds, string cause, int? step, DateTimeOffset now) => RowBatch.ExecuteAsync(
        tx,
        "INSERT INTO credential_holds (credential_id, cause, step, since) VALUES (@Id, @Cause, @Step, @Since) ON CONFLICT (credential_id, cause) DO NOTHING",
        credentialIds.Select(id => new HoldRow(id, cause, step, now.ToUnixTimeSeconds())));

    /// <summary>The causes for which a credential is held.</summary>
    public static Task<List<string>> OfAsync(WriteTransaction tx, string credentialId) =>
        tx.QueryAsync<string>("SELECT cause FROM credential_holds WHERE credential_id = @credentialId ORDER BY cause", new { credentialId });

    public static Task EndAsync(WriteTransaction tx, string credentialId, string cause) =>
        tx.ExecuteAsync("DELETE FROM credential_holds WHERE credential_id = @credentialId AND cause = @cause", new { credentialId, cause });

    /// <summary>What is revoked is held by nothing any more.</summary>
    public static Task ForgetAsync(WriteTransaction tx, IEnumerable<string> credentialIds) =>
        RowBatch.ExecuteAsync(tx, "DELETE FROM credential_holds WHERE credential_id = @Id", credentialIds.Select(id => new HoldRow(id, "", null, 0)));

    private sealed record HoldRow(string Id, string Cause, long? Step, long Since);
}
