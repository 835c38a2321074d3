using System.Globalization;
using System.Text.Json;
using Dapper;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Companies.Representatives;
using TradeIdentity.Authority.Notices;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Privacy;

/// <summary>Writes all that is stored about a person, for that person, as JSON (Regulation (EU) 2016/679, articles 15 and 20).</summary>
public sealed class ExportPersonalData(Database database, TimeProvider time)
{
    /// <summary>Of the document. A change of what members mean has a new one.</summary>
    public const string Version = "1";

    private const int PageLength = 500;

    /// <summary>Writes it, page by page: a person of many acts is no burden to the memory.</summary>
    /// <param name="accountId">The person.</param>
    /// <param name="actor">Who asks: they themselves.</param>
    /// <param name="output">Where to.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    public async Task ExecuteAsync(string accountId, string actor, Stream output, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var address = await database.WriteAsync(
            async tx =>
            {
                await AuditTrail.AppendAsync(tx, now, AccountEvent.Of(SecurityEvents.PersonalDataExported, accountId, actor)).ConfigureAwait(false);
                return await tx.ScalarAsync<string>("SELECT email FROM accounts WHERE id = @accountId", new { accountId }).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false) ?? throw new InvalidOperationException("Who signed in has an account.");
        await using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("version", Version);
        json.WriteString("exportedAt", UtcTimeJson.Text(now));
        foreach (var part in PersonalData.Parts)
        {
            json.WriteStartArray(part.Name);
            var (after, rows) = (0L, new List<IDictionary<string, object?>>());
            do
            {
                rows = await PageAsync(part, accountId, address, after, cancellationToken).ConfigureAwait(false);
                foreach (var row in rows)
                {
                    Write(json, row);
                    after = part.IsPaged ? Convert.ToInt64(row["number"], CultureInfo.InvariantCulture) : 0;
                }

                await json.FlushAsync(cancellationToken).ConfigureAwait(false);
            }
            while (part.IsPaged && rows.Count == PageLength);

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private Task<List<IDictionary<string, object?>>> PageAsync(PersonalDataPart part, string account, string address, long after, CancellationToken cancellationToken) => database.ReadAsync(
        async connection => (await connection.QueryAsync(new CommandDefinition(
            part.Sql,
            new { account, address, email = Invitations.Normalise(address), holder = NoticeHolder.Of(account), subject = $"account:{account}", after, most = PageLength },
            cancellationToken: cancellationToken)).ConfigureAwait(false)).Select(row => (IDictionary<string, object?>)row).ToList(),
        cancellationToken);

    private static void Write(Utf8JsonWriter json, IDictionary<string, object?> row)
    {
        json.WriteStartObject();
        foreach (var (name, value) in row)
        {
            switch (value)
            {
                case null:
                    break;
                case string text when name.EndsWith("Json", StringComparison.Ordinal):
                    json.WritePropertyName(name[..^"Json".Length]);
                    json.WriteRawValue(text);
                    break;
                case string text when name.EndsWith("Words", StringComparison.Ordinal):
                    json.WriteStartArray(name[..^"Words".Length] + "s");
                    foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                    {
                        json.WriteStringValue(word);
                    }

                    json.WriteEndArray();
                    break;
                case string text:
                    json.WriteString(name, text);
                    break;
                default:
                    Write(json, name, Convert.ToInt64(value, CultureInfo.InvariantCulture));
                    break;
            }
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, long value)
    {
        if (name.EndsWith("At", StringComparison.Ordinal) || name.EndsWith("Until", StringComparison.Ordinal))
        {
            json.WriteString(name, UtcTimeJson.Text(DateTimeOffset.FromUnixTimeSeconds(value)));
        }
        else if (name.StartsWith("is", StringComparison.Ordinal) || name.StartsWith("has", StringComparison.Ordinal))
        {
            json.WriteBoolean(name, value != 0);
        }
        else
        {
            json.WriteNumber(name, value);
        }
    }
}
