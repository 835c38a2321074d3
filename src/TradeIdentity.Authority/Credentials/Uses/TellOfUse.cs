using System.Globalization;
using Dapper;
using TradeIdentity.Authority.Notices;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Verification.Verdicts;

namespace TradeIdentity.Authority.Credentials.Uses;

/// <summary>
/// Tells the holder that a credential was judged by this server, where the holder asked for it: once a day for each credential and each
/// kind of who asked. Who it was is not said, and stored nowhere.
/// </summary>
public sealed class TellOfUse(Database database, TimeProvider time)
{
    /// <param name="verdict">Of this server. What no key of an issuer signed is of no holder, whatever it says.</param>
    /// <param name="issuerCode">This authority's: only its credentials are in its ledger.</param>
    /// <param name="checker">The kind of who asked.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    public async Task ExecuteAsync(Verdict verdict, string issuerCode, CheckerKind checker, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        if (verdict.Evidence is not { Credential: { } credential, Issuer: { } issuer } || issuer.Code != issuerCode)
        {
            return;
        }

        var now = time.GetUtcNow();
        var day = now.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var mark = $" {checker.ToString().ToLowerInvariant()} {day}";
        // Nearly always nobody asked: one read by keys, and no turn of the writer.
        var watched = await database.ReadAsync(
            connection => connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
                """
                SELECT c.id AS Id, c.tin AS Tin, c.type AS Type FROM credentials c JOIN credential_watches w ON w.tin = c.tin
                WHERE c.status_list = @List AND c.status_index = @Index
                  AND NOT EXISTS (SELECT 1 FROM notices n WHERE n.once = 'operator:' || c.tin || ' used ' || c.id || @mark)
                """,
                new { credential.Status.List, credential.Status.Index, mark },
                cancellationToken: cancellationToken)),
            cancellationToken).ConfigureAwait(false);
        if (watched is null)
        {
            return;
        }

        await database.WriteAsync(
            tx => GiveNotice.OnceAsync(
                tx,
                [NoticeHolder.OfTin(watched.Tin)],
                "credential-used",
                watched.Id,
                [new("type", watched.Type.ToString(CultureInfo.InvariantCulture)), new("checker", checker.ToString().ToLowerInvariant())],
                now,
                $"used {watched.Id}{mark}"),
            cancellationToken).ConfigureAwait(false);
    }

    private sealed class Row
    {
        public required string Id { get; init; }

        public required string Tin { get; init; }

        public long Type { get; init; }
    }
}

/// <summary>Who had a credential judged.</summary>
public enum CheckerKind
{
    /// <summary>Somebody who was signed in.</summary>
    Person = 1,

    /// <summary>A program that acts for itself.</summary>
    System = 2,

    /// <summary>Somebody who was not signed in, at the page for checking.</summary>
    Anyone = 3,
}
