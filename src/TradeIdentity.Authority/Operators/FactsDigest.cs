using System.Security.Cryptography;
using System.Text.Json;
using TradeIdentity.Authority.Operators.Identifiers;

namespace TradeIdentity.Authority.Operators;

/// <summary>
/// SHA-256 of what a source says of an operator, AEO entries left out (those are compared with the components' states).
/// Who brought it does not count, nor the order of identifiers and roles.
/// </summary>
internal static class FactsDigest
{
    public static byte[] Of(OperatorFacts facts)
    {
        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text))
        {
            writer.WriteStartArray();
            Write(writer, facts);
            writer.WriteEndArray();
        }

        return SHA256.HashData(text.GetBuffer().AsSpan(0, (int)text.Length));
    }

    private static void Write(Utf8JsonWriter writer, OperatorFacts facts)
    {
        writer.WriteStringValue(facts.LegalName);
        WriteList(writer, facts.TradingNames);
        writer.WriteStringValue(facts.Jurisdiction.Value);
        writer.WriteStringValue(facts.LegalForm?.Value);
        writer.WriteStringValue(facts.RegisteredAddress?.Street);
        writer.WriteStringValue(facts.RegisteredAddress?.Locality);
        writer.WriteStringValue(facts.RegisteredAddress?.PostalCode);
        writer.WriteStringValue(facts.RegisteredAddress?.Country.Value);
        WriteList(writer, facts.Roles.Select(role => role.Code).Order(StringComparer.Ordinal));
        WriteEvidence(writer, facts.Evidence);
        foreach (var identifier in facts.Identifiers.OrderBy(each => each.Scheme.Code, StringComparer.Ordinal).ThenBy(each => each.Value, StringComparer.Ordinal))
        {
            writer.WriteStartArray();
            writer.WriteStringValue(identifier.Scheme.Code);
            writer.WriteStringValue(identifier.Value);
            WriteEvidence(writer, identifier.Evidence);
            writer.WriteEndArray();
        }
    }

    private static void WriteList(Utf8JsonWriter writer, IEnumerable<string> items)
    {
        writer.WriteStartArray();
        foreach (var item in items)
        {
            writer.WriteStringValue(item);
        }

        writer.WriteEndArray();
    }

    private static void WriteEvidence(Utf8JsonWriter writer, SourceEvidence? evidence)
    {
        if (evidence is null)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartArray();
        writer.WriteStringValue(evidence.Source);
        writer.WriteStringValue(evidence.ConfirmedBy is { } by ? Enum.GetName<Confirmation>(by) : null);
        foreach (var time in new[] { evidence.AssertedAt, evidence.ConfirmedAt, evidence.ValidUntil })
        {
            writer.WriteNumberValue(time?.ToUnixTimeSeconds() ?? long.MinValue);
        }

        writer.WriteEndArray();
    }
}
