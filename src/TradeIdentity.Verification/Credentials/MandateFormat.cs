using System.Diagnostics.CodeAnalysis;
using System.Formats.Cbor;
using TradeIdentity.Codecs.Cbor;

namespace TradeIdentity.Verification.Credentials;

/// <summary>The mandate of a credential: <c>[ representation, [ 1*4 link ], limits, ? bearer ]</c>, <c>link = [ tin, name, list, index ]</c>.</summary>
internal static class MandateFormat
{
    internal const int MaxLinks = 4;
    private const int MaxBearerBytes = 200;
    private const int MaxCodes = 16;
    private const long MaxValue = 1_000_000_000_000;

    // Keys of the limits.
    private const int Declarations = 1;
    private const int Procedures = 2;
    private const int Places = 3;
    private const int Value = 4;

    internal static bool TryRead(ref DeterministicCborReader reader, [NotNullWhen(true)] out MandateClaim? mandate)
    {
        mandate = null;
        if (!reader.TryReadArray(out var count) || count is not (3 or 4)
            || !ProfileText.TryReadSmall(ref reader, (int)Representation.Direct, (int)Representation.Indirect, out var representation)
            || !TryReadLinks(ref reader, out var links)
            || !TryReadLimits(ref reader, out var limits))
        {
            return false;
        }

        string? bearer = null;
        if (count == 4 && !ProfileText.TryReadNonEmpty(ref reader, MaxBearerBytes, out bearer))
        {
            return false;
        }

        mandate = new MandateClaim { Representation = (Representation)representation, Links = links, Limits = limits, Bearer = bearer };
        return true;
    }

    internal static void Write(CborWriter writer, MandateClaim mandate)
    {
        writer.WriteStartArray(mandate.Bearer is null ? 3 : 4);
        writer.WriteInt32((int)mandate.Representation);
        writer.WriteStartArray(mandate.Links.Count);
        foreach (var link in mandate.Links)
        {
            writer.WriteStartArray(4);
            writer.WriteTextString(link.Tin);
            writer.WriteTextString(link.LegalName);
            writer.WriteInt32(link.Status.List);
            writer.WriteInt32(link.Status.Index);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        WriteLimits(writer, mandate.Limits);
        if (mandate.Bearer is not null)
        {
            writer.WriteTextString(mandate.Bearer);
        }

        writer.WriteEndArray();
    }

    /// <summary>Whether a chain can be one with this subject: it comes back to nobody, and a bearer is of who granted the last link.</summary>
    internal static bool IsChainTo(string subject, MandateClaim mandate)
    {
        for (var i = 0; i < mandate.Links.Count; i++)
        {
            var isLast = i == mandate.Links.Count - 1;
            if (mandate.Links[i].Tin == subject != (isLast && mandate.Bearer is not null))
            {
                return false;
            }

            for (var j = 0; j < i; j++)
            {
                if (mandate.Links[j].Tin == mandate.Links[i].Tin || mandate.Links[j].Status == mandate.Links[i].Status)
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static bool TryReadLinks(ref DeterministicCborReader reader, out MandateLinkClaim[] links)
    {
        links = [];
        if (!reader.TryReadArray(out var count) || count is 0 or > MaxLinks)
        {
            return false;
        }

        var read = new MandateLinkClaim[count];
        for (var i = 0; i < count; i++)
        {
            if (!reader.TryReadArray(out var members) || members != 4
                || !reader.TryReadText(CredentialFormat.MaxTinLength, out var tin) || !ProfileText.IsTin(tin)
                || !ProfileText.TryReadNonEmpty(ref reader, CredentialFormat.MaxLegalNameBytes, out var name)
                || !ProfileText.TryReadSmall(ref reader, 1, CredentialFormat.StatusListLimit - 1, out var list)
                || !ProfileText.TryReadSmall(ref reader, 0, CredentialFormat.StatusIndexLimit - 1, out var index))
            {
                return false;
            }

            read[i] = new MandateLinkClaim(tin, name, new StatusReference(list, index));
        }

        links = read;
        return true;
    }

    private static bool TryReadLimits(ref DeterministicCborReader reader, out MandateLimits limits)
    {
        limits = MandateLimits.None;
        if (!reader.TryReadMap(out var count))
        {
            return false;
        }

        var (declarations, procedures, places, value, currency) = (Array.Empty<int>(), Array.Empty<string>(), Array.Empty<string>(), (long?)null, (string?)null);
        var key = DeterministicCborReader.BeforeFirstKey;
        for (var left = count; left > 0; left--)
        {
            var read = reader.TryReadKey(ref key) && key switch
            {
                Declarations => TryReadDeclarations(ref reader, out declarations),
                Procedures => TryReadCodes(ref reader, 4, static code => code.Length is 2 or 4 && ProfileText.IsUpperAlphanumeric(code), out procedures),
                Places => TryReadCodes(ref reader, 5, static code => code.Length == 5 && ProfileText.IsUpperAlphanumeric(code), out places),
                Value => TryReadValue(ref reader, out value, out currency),
                _ => false,
            };
            if (!read)
            {
                return false;
            }
        }

        if (count > 0)
        {
            limits = new MandateLimits { Declarations = declarations, Procedures = procedures, Places = places, Value = value, Currency = currency };
        }

        return true;
    }

    private static bool TryReadDeclarations(ref DeterministicCborReader reader, out int[] codes)
    {
        codes = [];
        if (!reader.TryReadArray(out var count) || count is 0 or > MaxCodes)
        {
            return false;
        }

        var read = new int[count];
        for (var i = 0; i < count; i++)
        {
            if (!ProfileText.TryReadSmall(ref reader, i == 0 ? 1 : read[i - 1] + 1, byte.MaxValue, out read[i]))
            {
                return false;
            }
        }

        codes = read;
        return true;
    }

    // Ascending, so that a set has one encoding.
    private static bool TryReadCodes(ref DeterministicCborReader reader, int maxBytes, Func<string, bool> isCode, out string[] codes)
    {
        codes = [];
        if (!reader.TryReadArray(out var count) || count is 0 or > MaxCodes)
        {
            return false;
        }

        var read = new string[count];
        for (var i = 0; i < count; i++)
        {
            if (!reader.TryReadText(maxBytes, out read[i]) || !isCode(read[i]) || (i > 0 && string.CompareOrdinal(read[i - 1], read[i]) >= 0))
            {
                return false;
            }
        }

        codes = read;
        return true;
    }

    private static bool TryReadValue(ref DeterministicCborReader reader, out long? value, out string? currency)
    {
        (value, currency) = (null, null);
        if (!reader.TryReadArray(out var count) || count != 2
            || !reader.TryReadUnsigned(out var amount) || amount is < 1 or > MaxValue
            || !reader.TryReadText(3, out var code) || code.Length != 3 || !ProfileText.IsUpperLetters(code))
        {
            return false;
        }

        (value, currency) = (amount, code);
        return true;
    }

    private static void WriteLimits(CborWriter writer, MandateLimits limits)
    {
        writer.WriteStartMap(null);
        if (limits.Declarations.Count > 0)
        {
            writer.WriteInt32(Declarations);
            writer.WriteStartArray(limits.Declarations.Count);
            foreach (var code in limits.Declarations.Order())
            {
                writer.WriteInt32(code);
            }

            writer.WriteEndArray();
        }

        WriteCodes(writer, Procedures, limits.Procedures);
        WriteCodes(writer, Places, limits.Places);
        if (limits.Value is { } value)
        {
            writer.WriteInt32(Value);
            writer.WriteStartArray(2);
            writer.WriteInt64(value);
            writer.WriteTextString(limits.Currency!);
            writer.WriteEndArray();
        }

        writer.WriteEndMap();
    }

    private static void WriteCodes(CborWriter writer, int key, IReadOnlyList<string> codes)
    {
        if (codes.Count == 0)
        {
            return;
        }

        writer.WriteInt32(key);
        writer.WriteStartArray(codes.Count);
        foreach (var code in codes.Order(StringComparer.Ordinal))
        {
            writer.WriteTextString(code);
        }

        writer.WriteEndArray();
    }
}
