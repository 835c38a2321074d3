using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using TradeIdentity.Authority.Keys;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.OpenId;

/// <summary>
/// Pairwise subjects (OpenID Connect Core §8.1): an account's name for the clients of one sector, the same for all of them,
/// and for nobody else; nothing tells the account from it. Keyed with a secret that the database keeps wrapped and that never
/// changes: relying parties know people by what it makes.
/// </summary>
public sealed class PairwiseSubjects(Database database, TimeProvider time, KeyEncryptionKey encryptionKey)
{
    private const string Purpose = "pairwise";
    private const int SecretLength = 32;

    // The wrap binds a key's id; here there is one secret.
    private static readonly byte[] Only = new byte[SigningKey.KidLength];

    private volatile byte[]? _secret;

    /// <returns>What <paramref name="client"/> knows the account as: its pairwise subject, or for a client without one the account's id.</returns>
    public async ValueTask<string> OfAsync(ClientMetadata client, string accountId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(accountId);
        if (!client.IsPairwise)
        {
            return accountId;
        }

        // A client without a host of its own shares with nobody.
        var sector = client.Sector is { } host ? $"sector:{host}" : $"client:{client.ClientId}";
        var secret = _secret ??= await ReadAsync(cancellationToken);
        // The length before the sector: no two pairs give the same bytes.
        return Base64Url.EncodeToString(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"{sector.Length}:{sector}{accountId}")));
    }

    private async Task<byte[]> ReadAsync(CancellationToken cancellationToken)
    {
        var wrapped = await FindAsync(cancellationToken);
        if (wrapped is null)
        {
            var made = RandomNumberGenerator.GetBytes(SecretLength);
            await database.ExecuteAsync(
                "INSERT INTO pairwise_secret (id, wrapped_secret, created_at) VALUES (1, @Wrapped, @Now) ON CONFLICT (id) DO NOTHING",
                new { Wrapped = PrivateKeyWrap.Wrap(encryptionKey, Only, Purpose, made), Now = time.GetUtcNow().ToUnixTimeSeconds() }, cancellationToken);
            // Of instances that start together one was first: its secret is the one.
            wrapped = await FindAsync(cancellationToken) ?? throw new InvalidOperationException("The secret of pairwise subjects was not stored.");
        }

        return PrivateKeyWrap.Unwrap(encryptionKey, Only, Purpose, wrapped).Match(secret => secret, refusal => throw new InvalidOperationException(refusal.Detail));
    }

    private Task<byte[]?> FindAsync(CancellationToken cancellationToken) => database.ReadAsync(
        db => db.QuerySingleOrDefaultAsync<byte[]>(new CommandDefinition("SELECT wrapped_secret FROM pairwise_secret WHERE id = 1", cancellationToken: cancellationToken)), cancellationToken);
}
