using Dapper;
using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.OpenId.Registration;

/// <summary>
/// The tokens under which clients are registered (RFC 7591 §3): made by an administrator for someone, for a time and a number
/// of clients, and withdrawn. Each of these is audited.
/// </summary>
public sealed class InitialAccessTokens(Database database, TimeProvider time)
{
    public const int MostUses = 1000;

    public static readonly TimeSpan LongestLife = TimeSpan.FromDays(365);

    // What a program that goes wrong can do in a minute with one token.
    internal const int TriesInAMinute = 30;

    private const int LongestLabel = 100;

    private const string Select =
        """
        SELECT id AS Id, label AS Label, scopes AS Scopes, uses_left AS UsesLeft, issued_by AS IssuedBy, issued_at AS IssuedAt, expires_at AS ExpiresAt
        FROM initial_access_tokens

        """;

    /// <param name="label">For whom it is: shown in the list, and not secret.</param>
    /// <param name="scopes">The scopes of the API that its clients may have.</param>
    /// <param name="uses">How many clients it registers.</param>
    /// <param name="life">How long.</param>
    /// <param name="actor">Who makes it.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The token, which cannot be shown again.</returns>
    public async Task<Outcome<IssuedInitialAccessToken>> IssueAsync(
        string label, IReadOnlyList<string> scopes, int uses, TimeSpan life, string actor, CancellationToken cancellationToken)
    {
        if (label is not { Length: > 0 and <= LongestLabel } || label.Any(char.IsControl))
        {
            return new Refusal("label_invalid", $"The label must have 1 to {LongestLabel} characters.");
        }

        if (uses is < 1 or > MostUses || life <= TimeSpan.Zero || life > LongestLife)
        {
            return new Refusal("terms_invalid", $"A token registers 1 to {MostUses} clients and lives at most {LongestLife.TotalDays:0} days.");
        }

        var now = time.GetUtcNow();
        var issued = new InitialAccessToken(EntityId.New(time), label, [.. scopes.Distinct(StringComparer.Ordinal)], uses, actor, now, now + life);
        var token = OpaqueToken.New(OpaqueToken.InitialAccess);
        await database.WriteAsync(async tx =>
        {
            await tx.ExecuteAsync(
                """
                INSERT INTO initial_access_tokens (id, token_hash, label, scopes, uses_left, issued_by, issued_at, expires_at, minute, minute_tries)
                VALUES (@Id, @TokenHash, @Label, @Scopes, @UsesLeft, @IssuedBy, @IssuedAt, @ExpiresAt, 0, 0)
                """,
                new
                {
                    issued.Id,
                    TokenHash = OpaqueToken.Digest(OpaqueToken.InitialAccess, token),
                    issued.Label,
                    Scopes = JsonColumn.Write([.. issued.Scopes]),
                    issued.UsesLeft,
                    issued.IssuedBy,
                    IssuedAt = issued.IssuedAt.ToUnixTimeSeconds(),
                    ExpiresAt = issued.ExpiresAt.ToUnixTimeSeconds(),
                });
            await AuditTrail.AppendAsync(tx, now, new AuditRecord(actor, SecurityEvents.InitialAccessTokenIssued, Subject(issued.Id), $$"""{"uses":{{uses}},"expires":{{issued.ExpiresAt.ToUnixTimeSeconds()}}}"""));
            return true;
        }, cancellationToken);
        return new IssuedInitialAccessToken(issued, token);
    }

    /// <summary>Those that still register clients, the newest first.</summary>
    public async Task<IReadOnlyList<InitialAccessToken>> ListAsync(CancellationToken cancellationToken) =>
        [.. (await database.ReadAsync(
            connection => connection.QueryAsync<Row>(new CommandDefinition(
                Select + "WHERE expires_at > @Now AND uses_left > 0 ORDER BY issued_at DESC, id", new { Now = Now() }, cancellationToken: cancellationToken)),
            cancellationToken)).Select(row => row.ToToken())];

    /// <summary>It registers nothing more. Clients that were registered with it stay.</summary>
    public Task<Outcome<string>> WithdrawAsync(string id, string actor, CancellationToken cancellationToken) =>
        database.WriteAsync<Outcome<string>>(async tx =>
        {
            if (await tx.ExecuteAsync("DELETE FROM initial_access_tokens WHERE id = @id", new { id }) == 0)
            {
                return new Refusal("initial_access_token_unknown", "There is no such token.");
            }

            await AuditTrail.AppendAsync(tx, time.GetUtcNow(), new AuditRecord(actor, SecurityEvents.InitialAccessTokenWithdrawn, Subject(id), "{}"));
            return id;
        }, cancellationToken);

    /// <summary>The token that a registration came with, counted as one try.</summary>
    /// <returns>Refused with <c>invalid_token</c>, or with <c>too_many_requests</c>.</returns>
    internal Task<Outcome<InitialAccessToken>> TryAsync(string? token, CancellationToken cancellationToken)
    {
        var now = Now();
        return OpaqueToken.Digest(OpaqueToken.InitialAccess, token) is not { } hash
            ? Task.FromResult<Outcome<InitialAccessToken>>(Unknown())
            : database.WriteAsync<Outcome<InitialAccessToken>>(async tx =>
            {
                var row = await tx.QuerySingleOrDefaultAsync<Row>(Select + "WHERE token_hash = @Hash AND expires_at > @Now AND uses_left > 0", new { Hash = hash, Now = now });
                if (row is null)
                {
                    return Unknown();
                }

                var counted = await tx.ExecuteAsync(
                    """
                    UPDATE initial_access_tokens
                    SET minute_tries = CASE WHEN minute = @Minute THEN minute_tries + 1 ELSE 1 END, minute = @Minute
                    WHERE id = @Id AND (minute <> @Minute OR minute_tries < @TriesInAMinute)
                    """, new { row.Id, Minute = now / 60, TriesInAMinute });
                return counted == 1 ? row.ToToken() : new Refusal("too_many_requests", "This token was used too often; wait a minute.");
            }, cancellationToken);
    }

    /// <summary>Takes one of its uses, on whichever instance: never more than it has.</summary>
    internal async Task<bool> SpendAsync(string id, CancellationToken cancellationToken) =>
        await database.ExecuteAsync(
            "UPDATE initial_access_tokens SET uses_left = uses_left - 1 WHERE id = @Id AND uses_left > 0 AND expires_at > @Now", new { Id = id, Now = Now() }, cancellationToken) == 1;

    internal static string Subject(string id) => $"initial-access-token:{id}";

    private static Refusal Unknown() => new("invalid_token", "The initial access token is unknown, used up or expired.");

    private long Now() => time.GetUtcNow().ToUnixTimeSeconds();

    private sealed record Row(string Id, string Label, string? Scopes, long UsesLeft, string IssuedBy, long IssuedAt, long ExpiresAt)
    {
        public InitialAccessToken ToToken() => new(
            Id, Label, JsonColumn.ReadStrings(Scopes), UsesLeft, IssuedBy, DateTimeOffset.FromUnixTimeSeconds(IssuedAt), DateTimeOffset.FromUnixTimeSeconds(ExpiresAt));
    }
}
