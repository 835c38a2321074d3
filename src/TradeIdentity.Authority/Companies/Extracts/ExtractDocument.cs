using System.Text.Json;
using System.Text.Unicode;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Operators.Identifiers;

namespace TradeIdentity.Authority.Companies.Extracts;

/// <summary>Reads the JSON of one entity of a register's file, as strictly as an operator's document.</summary>
internal static class ExtractDocument
{
    private const int MaxName = 250;
    private const int MaxStatus = 40;
    private const int MaxIdentifiers = 16;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 6 };

    public static Outcome<RegisterExtract> Read(ReadOnlyMemory<byte> utf8)
    {
        if (!Utf8.IsValid(utf8.Span))
        {
            return new Refusal("json_malformed", "The entity is not UTF-8.");
        }

        try
        {
            using var document = JsonDocument.Parse(utf8, Options);
            return Read(document.RootElement);
        }
        catch (JsonException malformed)
        {
            return new Refusal("json_malformed", $"The entity is not JSON, at byte {malformed.BytePositionInLine}.");
        }
        catch (DocumentFaultException fault)
        {
            return fault.Refusal;
        }
        catch (InvalidOperationException)
        {
            // As of an operator's document: a member's name that escapes half a surrogate pair.
            return new Refusal("json_malformed", "The entity has a member whose name is not Unicode text.");
        }
    }

    private static Outcome<RegisterExtract> Read(JsonElement root)
    {
        var document = StrictObject.Of(root, "$", "identifiers", "legalName", "jurisdiction", "legalForm", "registeredAddress", "status", "source", "asOf");
        var identifiers = document.Distinct("identifiers", MaxIdentifiers, OperatorDocument.ReadIdentifier, identifier => (identifier.Scheme.Code, identifier.Value));
        if (identifiers.Count == 0)
        {
            return new Refusal("identifier_missing", "$.identifiers is empty: an entity is found by its numbers.");
        }

        return new RegisterExtract(
            new EntityDetails(
                document.Text("legalName", MaxName),
                document.Parsed<Jurisdiction>("jurisdiction", Jurisdiction.TryParse, "jurisdiction_invalid").Value,
                document.OptionalParsed<EntityLegalForm>("legalForm", EntityLegalForm.TryParse, "legal_form_invalid")?.Value,
                EntityAddress.Of(document.Optional("registeredAddress", OperatorDocument.ReadAddress)),
                [.. identifiers.Select(identifier => new EntityIdentifier(identifier.Scheme.Code, identifier.Value))]),
            document.OptionalText("status", MaxStatus),
            document.Text("source", MaxName),
            document.OptionalTime("asOf"));
    }
}
