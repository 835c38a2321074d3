using System.Data.Common;
using Dapper;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Codecs.Cose;
using TradeIdentity.Verification.Credentials;
using TradeIdentity.Verification.Trust;

namespace TradeIdentity.Authority.Credentials;

/// <summary>An operator's AeoStatus credentials that are neither revoked nor expired, and what each states: read from what was signed.</summary>
internal static class AeoStatusCredentials
{
    // An operator has a few; one that has very many is read in pages.
    private const int PageSize = 500;

    private const string Page =
        """
        SELECT id AS Id, status_list AS StatusList, status_index AS StatusIndex, status AS Status, issued_at AS IssuedAt, message AS Message
        FROM credentials
        WHERE tin = @tin AND type = @type AND status <> @revoked AND expires_at > @now AND (issued_at > @issuedAt OR (issued_at = @issuedAt AND id > @id))
        ORDER BY issued_at, id LIMIT @PageSize
        """;

    /// <summary>Those for which <paramref name="which"/> holds, locked until the act ends.</summary>
    public static async Task<List<LedgerCredential>> FindAsync(WriteTransaction tx, Tin tin, DateTimeOffset now, Func<IReadOnlyList<AeoComponentClaim>, bool> which)
    {
        var found = new List<LedgerCredential>();
        var sql = Page + (tx.Dialect == SqlDialect.PostgreSql ? " FOR UPDATE" : "");
        await foreach (var (row, claims) in ReadAsync(parameters => tx.QueryAsync<Row>(sql, parameters), tin, now).ConfigureAwait(false))
        {
            if (which(claims))
            {
                found.Add(new LedgerCredential(row.Id, tin.Value, row.StatusList, row.StatusIndex, (StatusValue)row.Status));
            }
        }

        return found;
    }

    /// <summary>What those state that are valid now.</summary>
    public static Task<List<IReadOnlyList<AeoComponentClaim>>> ValidAsync(Database database, Tin tin, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async connection =>
            {
                var valid = new List<IReadOnlyList<AeoComponentClaim>>();
                await foreach (var (row, claims) in ReadAsync(parameters => QueryAsync(connection, parameters, cancellationToken), tin, now).ConfigureAwait(false))
                {
                    if ((StatusValue)row.Status == StatusValue.Valid)
                    {
                        valid.Add(claims);
                    }
                }

                return valid;
            },
            cancellationToken);

    /// <summary>Whether claims name the component. One that the catalogue has no more has no number: then each might.</summary>
    public static bool Names(this IReadOnlyList<AeoComponentClaim> claims, AeoComponent component, AeoComponentStatus? status = null) =>
        component.QrCode is null || claims.Any(claim => claim.Component == component.QrCode && (status is null || claim.Status == status));

    private static async Task<List<Row>> QueryAsync(DbConnection connection, object parameters, CancellationToken cancellationToken) =>
        (await connection.QueryAsync<Row>(new CommandDefinition(Page, parameters, cancellationToken: cancellationToken)).ConfigureAwait(false)).AsList();

    private static async IAsyncEnumerable<(Row Row, IReadOnlyList<AeoComponentClaim> Claims)> ReadAsync(Func<object, Task<List<Row>>> query, Tin tin, DateTimeOffset now)
    {
        var (issuedAt, id) = (long.MinValue, "");
        List<Row> page;
        do
        {
            page = await query(new
            {
                tin = tin.Value,
                type = CredentialTypes.AeoStatus,
                revoked = (int)StatusValue.Revoked,
                now = now.ToUnixTimeSeconds(),
                issuedAt,
                id,
                PageSize,
            }).ConfigureAwait(false);
            foreach (var row in page)
            {
                yield return (row, Claims(row.Message));
                (issuedAt, id) = (row.IssuedAt, row.Id);
            }
        }
        while (page.Count == PageSize);
    }

    private static IReadOnlyList<AeoComponentClaim> Claims(byte[] message) =>
        CoseSign1.TryParse(message, out var sign1) && CredentialReader.TryRead(sign1.Payload, out var credential)
            ? credential.Aeo
            : throw new InvalidDataException("A stored credential is damaged.");

    private sealed class Row
    {
        public required string Id { get; init; }

        public long StatusList { get; init; }

        public long StatusIndex { get; init; }

        public long Status { get; init; }

        public long IssuedAt { get; init; }

        public required byte[] Message { get; init; }
    }
}
