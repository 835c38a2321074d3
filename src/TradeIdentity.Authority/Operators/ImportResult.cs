using System.Text.Json;
using System.Text.Json.Serialization;

namespace TradeIdentity.Authority.Operators;

/// <summary>The answer to one line of an import, in the form of the API.</summary>
/// <param name="Line">Number of the line, from 1.</param>
/// <param name="Tin">Null where the line has none that can be read.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Code">Why it was rejected, stable; else null.</param>
/// <param name="Detail">The same for people, with the JSON path; else null.</param>
public sealed record ImportResult(long Line, string? Tin, ImportOutcome Outcome, string? Code, string? Detail)
{
    /// <summary>One line of NDJSON, without its line feed.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, ImportResultJson.Default.ImportResult);

    internal static ImportResult Rejected(long line, string? tin, Refusal refusal) =>
        new(line, tin, ImportOutcome.Rejected, refusal.Code, refusal.Detail);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(ImportOutcomeJson)])]
[JsonSerializable(typeof(ImportResult))]
internal sealed partial class ImportResultJson : JsonSerializerContext;

internal sealed class ImportOutcomeJson() : JsonStringEnumConverter<ImportOutcome>(JsonNamingPolicy.CamelCase);
