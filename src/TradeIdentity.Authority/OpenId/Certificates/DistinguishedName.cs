using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace TradeIdentity.Authority.OpenId.Certificates;

/// <summary>
/// The name of a certificate's subject, equal to another where RFC 4517 §4.2.15 finds them so: as RFC 4514 writes it, or as the
/// certificate has it. Upper and lower case, and how many spaces there are, make no difference; the order does.
/// </summary>
internal sealed record DistinguishedName
{
    private const int MostParts = 32;

    // Of all strings of the directory (X.520), those that the reader knows.
    private static readonly UniversalTagNumber[] Texts =
        [UniversalTagNumber.UTF8String, UniversalTagNumber.PrintableString, UniversalTagNumber.IA5String, UniversalTagNumber.T61String, UniversalTagNumber.BMPString];

    // RFC 4514 §3, and those that certificates of organizations have beside.
    private static readonly Dictionary<string, string> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        ["CN"] = "2.5.4.3",
        ["SN"] = "2.5.4.4",
        ["SERIALNUMBER"] = "2.5.4.5",
        ["C"] = "2.5.4.6",
        ["L"] = "2.5.4.7",
        ["ST"] = "2.5.4.8",
        ["S"] = "2.5.4.8",
        ["STREET"] = "2.5.4.9",
        ["O"] = "2.5.4.10",
        ["OU"] = "2.5.4.11",
        ["TITLE"] = "2.5.4.12",
        ["BUSINESSCATEGORY"] = "2.5.4.15",
        ["POSTALCODE"] = "2.5.4.17",
        ["GIVENNAME"] = "2.5.4.42",
        ["DNQUALIFIER"] = "2.5.4.46",
        ["ORGANIZATIONIDENTIFIER"] = "2.5.4.97",
        ["UID"] = "0.9.2342.19200300.100.1.1",
        ["DC"] = "0.9.2342.19200300.100.1.25",
        ["E"] = "1.2.840.113549.1.9.1",
        ["EMAILADDRESS"] = "1.2.840.113549.1.9.1",
    };

    // No part holds a control, so these part them.
    private const char BetweenNames = '\u0001';
    private const char BetweenValues = '\u0002';

    private readonly string _normal;

    private DistinguishedName(string normal) => _normal = normal;

    /// <param name="text">RFC 4514; spaces around the separators are passed over, as RFC 2253 §4 has it.</param>
    /// <param name="name">What it says.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out DistinguishedName? name)
    {
        name = null;
        List<List<string>> parts = [[]];
        for (var rest = text.AsSpan(); ;)
        {
            if (!TryReadPart(ref rest, out var part) || parts.Count > MostParts || parts[^1].Count >= MostParts)
            {
                return false;
            }

            parts[^1].Add(part);
            if (rest.IsEmpty)
            {
                // §2.1: the last of the certificate comes first.
                parts.Reverse();
                name = Of(parts);
                return true;
            }

            if (rest[0] == ',')
            {
                parts.Add([]);
            }

            rest = rest[1..];
        }
    }

    /// <returns>Null for a name that is empty, or not in DER.</returns>
    public static DistinguishedName? Of(X500DistinguishedName subject)
    {
        try
        {
            var names = new AsnReader(subject.RawData, AsnEncodingRules.DER).ReadSequence();
            List<List<string>> parts = [];
            while (names.HasData && parts.Count <= MostParts)
            {
                var values = names.ReadSetOf();
                parts.Add([]);
                while (values.HasData && parts[^1].Count <= MostParts)
                {
                    var pair = values.ReadSequence();
                    if (Part(pair.ReadObjectIdentifier(), ReadValue(pair.ReadEncodedValue())) is not { } part)
                    {
                        return null;
                    }

                    parts[^1].Add(part);
                }
            }

            return parts.Count is > 0 and <= MostParts ? Of(parts) : null;
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    private static DistinguishedName Of(List<List<string>> parts) =>
        new(string.Join(BetweenNames, parts.Select(values => string.Join(BetweenValues, values.Order(StringComparer.Ordinal)))));

    private static bool TryReadPart(ref ReadOnlySpan<char> rest, [NotNullWhen(true)] out string? part)
    {
        part = null;
        var equals = rest.IndexOf('=');
        if (equals < 0)
        {
            return false;
        }

        var type = rest[..equals].Trim(' ').ToString();
        rest = rest[(equals + 1)..].TrimStart(' ');
        var oid = Types.GetValueOrDefault(type) ?? (IsOid(type) ? type : null);
        var value = rest is ['#', ..] ? ReadHex(ref rest) : ReadText(ref rest);
        part = oid is null || value is null ? null : Part(oid, value);
        return part is not null;
    }

    // §2.4, §3: a value that begins with # is the encoding itself.
    private static string? ReadHex(ref ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOfAny(',', '+');
        var hex = (end < 0 ? rest : rest[..end])[1..].Trim(' ');
        rest = end < 0 ? [] : rest[end..];
        var bytes = new byte[hex.Length / 2];
        if (hex.Length == 0 || Convert.FromHexString(hex, bytes, out _, out _) != OperationStatus.Done)
        {
            return null;
        }

        try
        {
            return ReadValue(bytes);
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    private static string? ReadText(ref ReadOnlySpan<char> rest)
    {
        var bytes = new ArrayBufferWriter<byte>();
        var (at, significant) = (0, 0);
        while (at < rest.Length && rest[at] is not (',' or '+'))
        {
            if (rest[at] is '"' or ';' or '<' or '>')
            {
                return null;
            }

            if (rest[at] == '\\')
            {
                if (at + 2 < rest.Length && char.IsAsciiHexDigit(rest[at + 1]) && char.IsAsciiHexDigit(rest[at + 2]))
                {
                    bytes.Write([Convert.ToByte(rest.Slice(at + 1, 2).ToString(), 16)]);
                    at += 3;
                }
                else if (at + 1 < rest.Length && rest[at + 1] is '\\' or '"' or '+' or ',' or ';' or '<' or '>' or ' ' or '#' or '=')
                {
                    bytes.Write([(byte)rest[at + 1]]);
                    at += 2;
                }
                else
                {
                    return null;
                }

                significant = bytes.WrittenCount;
                continue;
            }

            var isSpace = rest[at] == ' ';
            if (Rune.DecodeFromUtf16(rest[at..], out var rune, out var length) != OperationStatus.Done)
            {
                return null;
            }

            bytes.Advance(rune.EncodeToUtf8(bytes.GetSpan(4)));
            at += length;
            significant = isSpace ? significant : bytes.WrittenCount;
        }

        rest = rest[at..];
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes.WrittenSpan[..significant]);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static string ReadValue(ReadOnlyMemory<byte> encoded)
    {
        var reader = new AsnReader(encoded, AsnEncodingRules.DER);
        var tag = reader.PeekTag();
        if (tag.TagClass == TagClass.Universal && Texts.Contains((UniversalTagNumber)tag.TagValue))
        {
            var text = reader.ReadCharacterString((UniversalTagNumber)tag.TagValue);
            reader.ThrowIfNotEmpty();
            return text;
        }

        return "#" + Convert.ToHexString(encoded.Span);
    }

    // RFC 4517 §4.2.11 by way of RFC 4518: case folded, compatibility forms resolved, spaces that say nothing taken away.
    private static string? Part(string oid, string value)
    {
        if (value.Any(char.IsControl) || !TryNormalize(value, out var normal))
        {
            return null;
        }

        var text = string.Join(' ', normal.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToUpperInvariant();
        return text.Length == 0 ? null : $"{oid}={text}";
    }

    private static bool TryNormalize(string value, [NotNullWhen(true)] out string? normal)
    {
        try
        {
            normal = value.Normalize(NormalizationForm.FormKC);
            return !normal.Any(char.IsControl);
        }
        catch (ArgumentException)
        {
            // A lone surrogate.
            normal = null;
            return false;
        }
    }

    private static bool IsOid(string type) =>
        type.Length is > 2 and <= 128 && type.Split('.') is { Length: > 1 } arcs && arcs.All(arc => arc.Length > 0 && arc.All(char.IsAsciiDigit) && (arc.Length == 1 || arc[0] != '0'));
}
