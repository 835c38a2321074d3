using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace TradeIdentity.Authority.Operators.Identifiers;

/// <summary>
/// A scheme of identifiers. Those of the catalogue have a check, a number in the QR credential and, where one is
/// registered, an ISO 6523 International Code Designator. Any other scheme code is accepted, and its values are unverified text.
/// </summary>
public sealed record IdentifierScheme
{
    private const int MaxCodeLength = 32;
    private const int MaxValueLength = 64;

    private static readonly SearchValues<char> CodeCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    // QR numbers are in credentials that are out in the world: never renumbered, never used again. 0 is never used.
    private static readonly Dictionary<string, IdentifierScheme> Catalogue = new IdentifierScheme[]
    {
        new("lei", "0199", 1, unique: true, text => Lei.TryParse(text, out _)),
        new("eori", null, 2, unique: true, text => Eori.TryParse(text, out _)),
        new("gln", "0088", 3, unique: true, text => Gln.TryParse(text, out _)),
        new("duns", "0060", 4, unique: true, text => Duns.TryParse(text, out _)),
        // A VAT group shares one number, so VAT numbers do not name one operator.
        new("vat", null, 5, unique: false, text => VatNumber.TryParse(text, out _)),
        new("euid", null, 6, unique: true, text => BusinessRegisterId.TryParse(text, out _)),
        new("national", null, 7, unique: false, IsText),
        new("abn", "0151", 8, unique: false, text => Abn.TryParse(text, out _)),
        new("uen", "0195", 9, unique: false, text => Uen.TryParse(text, out _)),
        new("uscc", null, 10, unique: false, text => Uscc.TryParse(text, out _)),
        new("cnpj", null, 11, unique: false, text => Cnpj.TryParse(text, out _)),
        new("siren", "0002", 12, unique: false, text => Siren.TryParse(text, out _)),
        new("bn", null, 13, unique: false, text => CanadianBusinessNumber.TryParse(text, out _)),
    }.ToDictionary(scheme => scheme.Code);

    private readonly ValueCheck _check;

    private IdentifierScheme(string code, string? icd, int? qrCode, bool unique, ValueCheck check) =>
        (Code, Icd, QrCode, IsUnique, _check) = (code, icd, qrCode, unique, check);

    private delegate bool ValueCheck(ReadOnlySpan<char> text);

    public static IReadOnlyCollection<IdentifierScheme> All => Catalogue.Values;

    /// <summary>Lower case, e.g. <c>lei</c>.</summary>
    public string Code { get; }

    /// <summary>ISO 6523 International Code Designator, where one is registered.</summary>
    public string? Icd { get; }

    /// <summary>The scheme's number in the QR credential; null: its identifiers do not travel there.</summary>
    public int? QrCode { get; }

    /// <summary>Whether a value names one operator only.</summary>
    public bool IsUnique { get; }

    /// <summary>A scheme of the catalogue, or an open one: a lower-case letter, then letters, digits and hyphens, at most 32.</summary>
    public static bool TryParse(ReadOnlySpan<char> code, [NotNullWhen(true)] out IdentifierScheme? scheme)
    {
        if (!Catalogue.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(code, out scheme) && IsCode(code))
        {
            scheme = new IdentifierScheme(code.ToString(), null, null, unique: false, IsText);
        }

        return scheme is not null;
    }

    public static IdentifierScheme Parse(ReadOnlySpan<char> code) =>
        TryParse(code, out var scheme) ? scheme : throw new FormatException("Not an identifier scheme.");

    /// <summary>Whether the value has the scheme's form and check digits. That is all it says: well-formed is not verified.</summary>
    public bool Accepts(ReadOnlySpan<char> value) => _check(value);

    public bool Equals(IdentifierScheme? other) => other is not null && Code == other.Code;

    public override int GetHashCode() => Code.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Code;

    private static bool IsCode(ReadOnlySpan<char> code) =>
        code.Length is > 0 and <= MaxCodeLength
        && char.IsAsciiLetterLower(code[0])
        && !code.ContainsAnyExcept(CodeCharacters);

    private static bool IsText(ReadOnlySpan<char> value) =>
        value.Length is > 0 and <= MaxValueLength && PrintableText.IsPrintable(value) && value.Trim().Length == value.Length;
}
