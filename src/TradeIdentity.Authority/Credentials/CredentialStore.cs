using Dapper;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Codecs.QrText;
using TradeIdentity.Verification.Credentials;
using TradeIdentity.Verification.Trust;

namespace TradeIdentity.Authority.Credentials;

/// <summary>Credentials in the ledger.</summary>
public sealed class CredentialStore(Database database)
{
    public const int MaxListed = 100;

    // Of a mandate to a person who was erased: of it there are its status and its times alone.
    private const string NotErased = "length(message) > 0";

    private const string Columns =
        """
        SELECT id AS "Id", type AS "Type", tin AS "Tin", status_list AS "StatusList", status_index AS "StatusIndex",
               status AS "Status", issued_at AS "IssuedAt", expires_at AS "ExpiresAt", message AS "Message",
               mandate_id AS "MandateId", ended_as AS "EndedAs", replaced_by AS "ReplacedBy"
        FROM credentials

        """;

    public Task<IssuedCredential?> FindAsync(CredentialId id, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async connection => (await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
                Columns + "WHERE id = @id AND " + NotErased, new { id = id.ToString() }, cancellationToken: cancellationToken)).ConfigureAwait(false))?.ToCredential(),
            cancellationToken);

    /// <summary>The newest credentials of an operator, at most <see cref="MaxListed"/>.</summary>
    public Task<List<IssuedCredential>> ListAsync(string tin, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async connection => (await connection.QueryAsync<Row>(new CommandDefinition(
                Columns + $"WHERE tin = @tin AND {NotErased} ORDER BY issued_at DESC, id DESC LIMIT @MaxListed", new { tin, MaxListed }, cancellationToken: cancellationToken)).ConfigureAwait(false))
                .Select(row => row.ToCredential()).ToList(),
            cancellationToken);

    /// <summary>What of an operator's a post would still take, or would again when a suspension is lifted.</summary>
    internal static async Task<List<LedgerCredential>> NotEndedAsync(WriteTransaction tx, Tin tin, DateTimeOffset now) =>
        (await tx.QueryAsync<Row>(
            Columns + "WHERE tin = @tin AND status <> @revoked AND expires_at > @now ORDER BY issued_at, id" + (tx.Dialect == SqlDialect.PostgreSql ? " FOR UPDATE" : ""),
            new { tin = tin.Value, revoked = (int)StatusValue.Revoked, now = now.ToUnixTimeSeconds() }).ConfigureAwait(false))
        .ConvertAll(row => LedgerCredential.Of(row.ToCredential()));

    /// <summary>The newest credentials of an operator of which <paramref name="filter"/> is true, a page at a time, and how many there are in all.</summary>
    /// <param name="tin">The operator.</param>
    /// <param name="filter">Of which type and in which state.</param>
    /// <param name="before">Last of the page before; null for the first page.</param>
    /// <param name="limit">At most <see cref="PageLimit.Most"/>.</param>
    /// <param name="now">By which it is told what has expired.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public Task<(IReadOnlyList<IssuedCredential> Page, int Total)> PageAsync(
        Tin tin, CredentialFilter filter, CredentialId? before, int limit, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tin);
        ArgumentNullException.ThrowIfNull(filter);
        var parameters = new
        {
            tin = tin.Value,
            type = filter.Type ?? 0,
            revoked = (int)StatusValue.Revoked,
            status = (int)filter.Status,
            now = now.ToUnixTimeSeconds(),
            issuedAt = before?.IssuedAtSecond ?? long.MaxValue,
            before = before?.ToString() ?? "",
            limit,
        };
        return database.ReadAsync<(IReadOnlyList<IssuedCredential>, int)>(
            async connection =>
            {
                var rows = await connection.QueryAsync<Row>(new CommandDefinition(
                    Columns + filter.Where + $" AND {NotErased} AND (issued_at < @issuedAt OR (issued_at = @issuedAt AND id < @before)) ORDER BY issued_at DESC, id DESC LIMIT @limit",
                    parameters,
                    cancellationToken: cancellationToken)).ConfigureAwait(false);
                var total = await connection.ExecuteScalarAsync<long>(new CommandDefinition(
                    $"SELECT COUNT(*) FROM credentials {filter.Where} AND {NotErased}", parameters, cancellationToken: cancellationToken)).ConfigureAwait(false);
                return ([.. rows.Select(row => row.ToCredential())], (int)total);
            },
            cancellationToken);
    }

    internal static async Task<IssuedCredential?> FindAsync(WriteTransaction tx, CredentialId id) =>
        (await tx.QuerySingleOrDefaultAsync<Row>(
            Columns + "WHERE id = @id AND " + NotErased + (tx.Dialect == SqlDialect.PostgreSql ? " FOR UPDATE" : ""),
            new { id = id.ToString() }).ConfigureAwait(false))?.ToCredential();

    internal static Task InsertAsync(WriteTransaction tx, IEnumerable<IssuedCredential> credentials, IReadOnlyDictionary<CredentialId, byte[]> messages) =>
        RowBatch.ExecuteAsync(
            tx,
            """
            INSERT INTO credentials (id, type, tin, status_list, status_index, status, issued_at, expires_at, message, mandate_id)
            VALUES (@Id, @Type, @Tin, @StatusList, @StatusIndex, @Status, @IssuedAt, @ExpiresAt, @Message, @MandateId)
            """,
            credentials.Select(credential => Row.Of(credential, messages[credential.Id])));

    private sealed class Row
    {
        public required string Id { get; init; }

        public long Type { get; init; }

        public required string Tin { get; init; }

        public long StatusList { get; init; }

        public long StatusIndex { get; init; }

        public long Status { get; init; }

        public long IssuedAt { get; init; }

        public long ExpiresAt { get; init; }

        public required byte[] Message { get; init; }

        public string? MandateId { get; init; }

        public long? EndedAs { get; init; }

        public string? ReplacedBy { get; init; }

        public static Row Of(IssuedCredential credential, byte[] message) => new()
        {
            Id = credential.Id.ToString(),
            Type = credential.Type,
            Tin = credential.Tin,
            StatusList = credential.StatusReference.List,
            StatusIndex = credential.StatusReference.Index,
            Status = (long)credential.Status,
            IssuedAt = credential.IssuedAt.ToUnixTimeSeconds(),
            ExpiresAt = credential.ExpiresAt.ToUnixTimeSeconds(),
            Message = message,
            MandateId = credential.Mandate,
        };

        public IssuedCredential ToCredential() => new()
        {
            Id = CredentialId.TryParse(Id, out var id) ? id : throw new InvalidDataException("A credential's id is damaged."),
            Type = (int)Type,
            Tin = Tin,
            QrText = Ti1Text.Encode(Message),
            IssuedAt = DateTimeOffset.FromUnixTimeSeconds(IssuedAt),
            ExpiresAt = DateTimeOffset.FromUnixTimeSeconds(ExpiresAt),
            StatusReference = new StatusReference((int)StatusList, (int)StatusIndex),
            Status = (StatusValue)Status,
            Mandate = MandateId,
            EndedAs = (CredentialEnd?)EndedAs,
            ReplacedBy = CredentialId.TryParse(ReplacedBy, out var next) ? next : null,
        };
    }
}
