using System.Text.Json;
using System.Text.Unicode;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Operators.Identifiers;

namespace TradeIdentity.Authority.Operators;

/// <summary>
/// Reads the JSON of one operator strictly: each fault has a stable code, and its JSON path in the detail. Walked by hand
/// over the platform's parser, which tells unknown, missing, duplicate and mistyped members apart only in a message's words.
/// </summary>
public sealed class OperatorDocument(ProgrammeCatalogue programmes)
{
    /// <summary>The longest document. A name of 250 characters and 64 identifiers with evidence fit several times.</summary>
    public const int MaxBytes = 64 * 1024;

    private const int MaxName = 250;
    private const int MaxTradingNames = 50;
    private const int MaxAddressPart = 200;
    private const int MaxPostalCode = 20;
    private const int MaxIdentifiers = 64;
    private const int MaxRoles = 32;

    // Deeper than the document ever is: operator, array, object, evidence.
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 8 };

    private readonly AeoEntryDocument _aeo = new(programmes);

    public Outcome<OperatorFacts> Read(ReadOnlyMemory<byte> utf8) => Read(utf8, out _);

    /// <param name="utf8">The document.</param>
    /// <param name="tin">Its TIN, also where the document is refused for something else; null where it has none.</param>
    public Outcome<OperatorFacts> Read(ReadOnlyMemory<byte> utf8, out Tin? tin)
    {
        tin = null;
        if (utf8.Length > MaxBytes)
        {
            return new Refusal("document_too_long", $"The operator takes more than {MaxBytes} bytes.");
        }

        // The parser would find this only when a text is taken out.
        if (!Utf8.IsValid(utf8.Span))
        {
            return new Refusal("json_malformed", "The operator is not UTF-8.");
        }

        try
        {
            using var document = JsonDocument.Parse(utf8, Options);
            tin = TinOf(document.RootElement);
            return Read(document.RootElement);
        }
        catch (JsonException malformed)
        {
            return new Refusal("json_malformed", $"The operator is not JSON, at byte {malformed.BytePositionInLine}.");
        }
        catch (DocumentFaultException fault)
        {
            return fault.Refusal;
        }
        catch (InvalidOperationException)
        {
            // A member's name that escapes half a surrogate pair: the platform says so when it compares names, not when it
            // parses. Texts are caught where they are taken.
            return new Refusal("json_malformed", "The operator has a member whose name is not Unicode text.");
        }
    }

    private OperatorFacts Read(JsonElement root)
    {
        var document = StrictObject.Of(
            root, "$", "tin", "legalName", "tradingNames", "jurisdiction", "legalForm", "registeredAddress", "identifiers", "roles", "aeo", "evidence");
        var tin = document.Parsed<Tin>("tin", Tin.TryParse, "tin_invalid");
        return new OperatorFacts
        {
            Tin = tin,
            LegalName = document.Text("legalName", MaxName),
            TradingNames = document.Distinct("tradingNames", MaxTradingNames, (value, path) => StrictObject.TextOf(value, path, MaxName)),
            Jurisdiction = document.Parsed<Jurisdiction>("jurisdiction", Jurisdiction.TryParse, "jurisdiction_invalid"),
            LegalForm = document.OptionalParsed<EntityLegalForm>("legalForm", EntityLegalForm.TryParse, "legal_form_invalid"),
            RegisteredAddress = document.Optional("registeredAddress", ReadAddress),
            Identifiers = document.Distinct("identifiers", MaxIdentifiers, ReadIdentifier, identifier => (identifier.Scheme.Code, identifier.Value)),
            Roles = document.Distinct("roles", MaxRoles, ReadRole),
            Aeo = _aeo.ReadAll(document, tin.Country),
            Evidence = document.Optional("evidence", ReadEvidence),
        };
    }

    private static Tin? TinOf(JsonElement root) =>
        root.ValueKind == JsonValueKind.Object
        && root.TryGetProperty("tin", out var value)
        && value.ValueKind == JsonValueKind.String
        && Tin.TryParse(StrictObject.RawTextOf(value, "$.tin"), out var tin)
            ? tin
            : null;

    internal static RegisteredAddress ReadAddress(JsonElement element, string path)
    {
        var address = StrictObject.Of(element, path, "street", "locality", "postalCode", "country");
        return new RegisteredAddress(
            address.OptionalText("street", MaxAddressPart),
            address.OptionalText("locality", MaxAddressPart),
            address.OptionalText("postalCode", MaxPostalCode),
            address.Parsed<CountryCode>("country", CountryCode.TryParse, "country_invalid"));
    }

    internal static DeclaredIdentifier ReadIdentifier(JsonElement element, string path)
    {
        var identifier = StrictObject.Of(element, path, "scheme", "value", "evidence");
        var scheme = identifier.Parsed<IdentifierScheme>("scheme", IdentifierScheme.TryParse, "identifier_scheme_invalid");
        var value = identifier.RawText("value");
        return scheme.Accepts(value)
            ? new DeclaredIdentifier(scheme, value, identifier.Optional("evidence", ReadEvidence))
            : throw new DocumentFaultException("identifier_invalid", $"{path}.value", $"is not an identifier of scheme {scheme}");
    }

    private static TradeRole ReadRole(JsonElement element, string path) =>
        TradeRoles.TryFind(StrictObject.RawTextOf(element, path), out var role)
            ? role
            : throw new DocumentFaultException("role_unknown", path, "is not a role of the list");

    private static SourceEvidence ReadEvidence(JsonElement element, string path)
    {
        var evidence = StrictObject.Of(element, path, "source", "assertedAt", "confirmedBy", "confirmedAt", "validUntil");
        return new SourceEvidence(
            evidence.Text("source", MaxName),
            evidence.OptionalTime("assertedAt"),
            evidence.Optional("confirmedBy", ReadConfirmation),
            evidence.OptionalTime("confirmedAt"),
            evidence.OptionalTime("validUntil"));
    }

    private static Confirmation? ReadConfirmation(JsonElement element, string path) =>
        StrictObject.RawTextOf(element, path) switch
        {
            "register" => Confirmation.Register,
            "document" => Confirmation.Document,
            "officer" => Confirmation.Officer,
            _ => throw new DocumentFaultException("confirmation_unknown", path, "is none of register, document, officer"),
        };
}
