using Dapper;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Companies.MasterData;

/// <summary>Which operators consented that their AEO master data goes to partner administrations, and since when.</summary>
public sealed class MasterDataReleases(Database database, ProgrammeCatalogue programmes)
{
    public const int MostShown = 50;

    private const string Select =
        """
        SELECT id AS Id, given_by AS GivenBy, co_signed_by AS CoSignedBy, given_at AS GivenAt, withdrawn_by AS WithdrawnBy, withdrawn_at AS WithdrawnAt
        FROM master_data_releases

        """;

    private readonly OperatorReader _reader = new(programmes);

    /// <summary>The newest of an operator, at most <see cref="MostShown"/>; the first one holds unless it was withdrawn.</summary>
    public Task<IReadOnlyList<MasterDataRelease>> OfOperatorAsync(Tin tin, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<MasterDataRelease>>(
        async connection =>
        [
            .. (await connection.QueryAsync<Row>(new CommandDefinition(
                Select + "WHERE tin = @tin ORDER BY id DESC LIMIT @MostShown", new { tin = tin.Value, MostShown }, cancellationToken: cancellationToken)).ConfigureAwait(false)).Select(row => row.ToRelease()),
        ],
        cancellationToken);

    /// <summary>The operators whose consent holds and who have a component that is granted or suspended, by TIN.</summary>
    /// <param name="after">The last TIN of the page before; null: the first page.</param>
    /// <param name="limit">At most <see cref="PageLimit.Most"/>.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<Operator>> PageAsync(Tin? after, int limit, CancellationToken cancellationToken)
    {
        var tins = await database.ReadAsync(
            connection => connection.QueryAsync<string>(new CommandDefinition(
                """
                SELECT r.tin FROM master_data_releases r
                WHERE r.withdrawn_at IS NULL AND r.tin > @after
                  AND EXISTS (SELECT 1 FROM aeo_components c WHERE c.tin = r.tin AND c.status IN (@Granted, @Suspended))
                ORDER BY r.tin LIMIT @limit
                """,
                new { after = after?.Value ?? "", limit, Granted = AeoStatus.Granted.ToCode(), Suspended = AeoStatus.Suspended.ToCode() },
                cancellationToken: cancellationToken)),
            cancellationToken).ConfigureAwait(false);
        var page = tins.Select(tin => Tin.Parse(tin)).ToList();
        var operators = await _reader.FindManyAsync(database, page, cancellationToken).ConfigureAwait(false);
        return [.. page.Where(operators.ContainsKey).Select(tin => operators[tin])];
    }

    internal static async Task<MasterDataRelease?> OpenAsync(WriteTransaction tx, Tin tin) =>
        (await tx.QuerySingleOrDefaultAsync<Row>(Select + "WHERE tin = @tin AND withdrawn_at IS NULL", new { tin = tin.Value }).ConfigureAwait(false))?.ToRelease();

    private sealed class Row
    {
        public required string Id { get; init; }

        public required string GivenBy { get; init; }

        public string? CoSignedBy { get; init; }

        public long GivenAt { get; init; }

        public string? WithdrawnBy { get; init; }

        public long? WithdrawnAt { get; init; }

        public MasterDataRelease ToRelease() => new(
            Id, GivenBy, CoSignedBy, DateTimeOffset.FromUnixTimeSeconds(GivenAt), WithdrawnBy, WithdrawnAt is { } at ? DateTimeOffset.FromUnixTimeSeconds(at) : null);
    }
}
