using Dapper;
using Microsoft.AspNetCore.Identity;
using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Accounts;

public sealed partial class AccountStore
{
    private const string SelectPasskey =
        """
        SELECT credential_id AS CredentialId, name AS Name, public_key AS PublicKey, created_at AS CreatedAt, sign_count AS SignCount,
            transports AS Transports, is_user_verified AS IsUserVerified, is_backup_eligible AS IsBackupEligible, is_backed_up AS IsBackedUp,
            attestation_object AS AttestationObject, client_data_json AS ClientDataJson
        FROM account_passkeys

        """;

    /// <summary>Kept on the account until its update, which the user manager calls next.</summary>
    public Task AddOrUpdatePasskeyAsync(Account user, UserPasskeyInfo passkey, CancellationToken cancellationToken) =>
        Set(() => user.PasskeyChanges.Add(new Account.PasskeyChange(passkey.CredentialId, passkey)));

    public Task RemovePasskeyAsync(Account user, byte[] credentialId, CancellationToken cancellationToken) =>
        Set(() => user.PasskeyChanges.Add(new Account.PasskeyChange(credentialId, null)));

    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(Account user, CancellationToken cancellationToken)
    {
        var rows = await database.ReadAsync(connection => connection.QueryAsync<PasskeyRow>(new CommandDefinition(
            SelectPasskey + "WHERE account_id = @Id ORDER BY created_at, credential_id", new { user.Id }, cancellationToken: cancellationToken)), cancellationToken);
        return [.. rows.Select(row => row.ToPasskey())];
    }

    public Task<Account?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) => database.ReadAsync(
        connection => AccountRow.FindAsync(
            connection, AccountRow.Select + "JOIN account_passkeys p ON p.account_id = a.id WHERE p.credential_id = @CredentialId", new { CredentialId = credentialId }, cancellationToken),
        cancellationToken);

    public async Task<UserPasskeyInfo?> FindPasskeyAsync(Account user, byte[] credentialId, CancellationToken cancellationToken) =>
        (await database.ReadAsync(connection => connection.QuerySingleOrDefaultAsync<PasskeyRow>(new CommandDefinition(
            SelectPasskey + "WHERE account_id = @Id AND credential_id = @CredentialId",
            new { user.Id, CredentialId = credentialId }, cancellationToken: cancellationToken)), cancellationToken))?.ToPasskey();

    private async Task<List<AuditRecord>> WritePasskeysAsync(WriteTransaction tx, Account user, string actor)
    {
        var events = new List<AuditRecord>();
        foreach (var change in user.PasskeyChanges)
        {
            if (change.Stored is null)
            {
                if (await tx.ExecuteAsync("DELETE FROM account_passkeys WHERE account_id = @Id AND credential_id = @CredentialId", new { user.Id, change.CredentialId }) > 0)
                {
                    events.Add(AccountEvent.Of(SecurityEvents.PasskeyRemoved, user.Id, actor));
                }
            }
            else if (await UpdatePasskeyAsync(tx, user.Id, change.Stored) == 0)
            {
                await InsertPasskeyAsync(tx, user.Id, change.Stored);
                events.Add(AccountEvent.Of(SecurityEvents.PasskeyAdded, user.Id, actor));
            }
        }

        return events;
    }

    // What an authenticator says of itself at each use, and the name that the person gave it.
    private Task<int> UpdatePasskeyAsync(WriteTransaction tx, string accountId, UserPasskeyInfo passkey) => tx.ExecuteAsync(
        """
        UPDATE account_passkeys SET name = @Name, sign_count = @SignCount, is_user_verified = @IsUserVerified, is_backed_up = @IsBackedUp, last_used_at = @Now
        WHERE account_id = @AccountId AND credential_id = @CredentialId
        """,
        new
        {
            AccountId = accountId,
            passkey.CredentialId,
            passkey.Name,
            SignCount = (long)passkey.SignCount,
            IsUserVerified = passkey.IsUserVerified ? 1L : 0,
            IsBackedUp = passkey.IsBackedUp ? 1L : 0,
            Now = time.GetUtcNow().ToUnixTimeSeconds(),
        });

    private Task<int> InsertPasskeyAsync(WriteTransaction tx, string accountId, UserPasskeyInfo passkey) => tx.ExecuteAsync(
        """
        INSERT INTO account_passkeys (credential_id, account_id, name, public_key, created_at, sign_count, transports, is_user_verified,
            is_backup_eligible, is_backed_up, attestation_object, client_data_json)
        VALUES (@CredentialId, @AccountId, @Name, @PublicKey, @Now, @SignCount, @Transports, @IsUserVerified,
            @IsBackupEligible, @IsBackedUp, @AttestationObject, @ClientDataJson)
        """,
        new
        {
            passkey.CredentialId,
            AccountId = accountId,
            passkey.Name,
            passkey.PublicKey,
            Now = time.GetUtcNow().ToUnixTimeSeconds(),
            SignCount = (long)passkey.SignCount,
            Transports = string.Join(' ', passkey.Transports ?? []),
            IsUserVerified = passkey.IsUserVerified ? 1L : 0,
            IsBackupEligible = passkey.IsBackupEligible ? 1L : 0,
            IsBackedUp = passkey.IsBackedUp ? 1L : 0,
            passkey.AttestationObject,
            passkey.ClientDataJson,
        });

    private sealed record PasskeyRow(
        byte[] CredentialId,
        string? Name,
        byte[] PublicKey,
        long CreatedAt,
        long SignCount,
        string Transports,
        long IsUserVerified,
        long IsBackupEligible,
        long IsBackedUp,
        byte[] AttestationObject,
        byte[] ClientDataJson)
    {
        public UserPasskeyInfo ToPasskey() => new(
            CredentialId, PublicKey, DateTimeOffset.FromUnixTimeSeconds(CreatedAt), (uint)SignCount, Transports.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            IsUserVerified != 0, IsBackupEligible != 0, IsBackedUp != 0, AttestationObject, ClientDataJson)
        {
            Name = Name,
        };
    }
}
