using System.Data.Common;
using System.Text.Json;
using Dapper;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Companies.Extracts;

/// <summary>Finds what a register says of the entity with a number, whichever kind of number it is.</summary>
public sealed class FindExtract(Database database)
{
    private const int MaxNumber = 64;

    /// <param name="number">An LEI, or a number of a register; spaces do not count.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>Refused where no file has it, or several entities have the same number in registers of their own.</returns>
    public async Task<Outcome<RegisterExtract>> ExecuteAsync(string number, CancellationToken cancellationToken)
    {
        if (Normalise(number) is not { } value)
        {
            return new Refusal("identifier_invalid", $"A number has 1 to {MaxNumber} printable characters.");
        }

        var rows = await database.ReadAsync(connection => QueryAsync(connection, null, value, cancellationToken), cancellationToken).ConfigureAwait(false);
        return rows.Count switch
        {
            0 => new Refusal("extract_unknown", "No register that the authority has imported knows this number."),
            1 => rows[0],
            _ => new Refusal("extract_ambiguous", "Several entities have this number, each in a register of its own: use the LEI or the European unique identifier."),
        };
    }

    /// <summary>As it is looked for; null where it cannot be one.</summary>
    internal static string? Normalise(string number)
    {
        var value = number.Length > MaxNumber * 2 ? "" : number.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
        return value.Length is > 0 and <= MaxNumber && PrintableText.IsPrintable(value) ? value : null;
    }

    /// <summary>Inside an act: what the registers say under these numbers, each entity once.</summary>
    internal static async Task<RegisterExtract?> OfAsync(WriteTransaction tx, IEnumerable<EntityIdentifier> identifiers)
    {
        foreach (var identifier in identifiers)
        {
            if ((await QueryAsync(tx.Connection, tx.Transaction, identifier.Value, tx.CancellationToken).ConfigureAwait(false))
                .Find(extract => extract.Entity.Identifiers!.Contains(identifier)) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private static async Task<List<RegisterExtract>> QueryAsync(DbConnection connection, DbTransaction? transaction, string value, CancellationToken cancellationToken)
    {
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(
            "SELECT document AS Document, source AS Source, as_of AS AsOf FROM register_extracts WHERE value = @value ORDER BY scheme",
            new { value }, transaction, cancellationToken: cancellationToken)).ConfigureAwait(false);
        return [.. rows.DistinctBy(row => row.Document).Select(row => row.ToExtract())];
    }

    private sealed record Row(string Document, string Source, long? AsOf)
    {
        public RegisterExtract ToExtract()
        {
            var stored = JsonSerializer.Deserialize(Document, ExtractJson.Default.StoredExtract)!;
            return new RegisterExtract(stored.Entity, stored.Status, Source, AsOf is { } at ? DateTimeOffset.FromUnixTimeSeconds(at) : null);
        }
    }
}
