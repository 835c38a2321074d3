using TradeIdentity.Codecs.Cbor;

namespace TradeIdentity.Verification.Credentials;

/// <summary>Small values and texts of the profile, read under their bounds.</summary>
internal static class ProfileText
{
    internal static bool TryReadSmall(ref DeterministicCborReader reader, int min, int max, out int value)
    {
        var read = reader.TryReadUnsigned(out var wide) && wide >= min && wide <= max;
        value = read ? (int)wide : 0;
        return read;
    }

    internal static bool TryReadNonEmpty(ref DeterministicCborReader reader, int maxBytes, out string value) =>
        reader.TryReadText(maxBytes, out value) && value.Length > 0 && !MisleadsTheEye(value);

    internal static bool IsTin(string tin) =>
        tin.Length >= CredentialFormat.MinTinLength && IsCountry(tin.AsSpan(0, 2)) && IsUpperAlphanumeric(tin.AsSpan(2));

    internal static bool IsCountry(ReadOnlySpan<char> code) => code.Length == 2 && IsUpperLetters(code);

    internal static bool IsUpperLetters(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterUpper(c))
            {
                return false;
            }
        }

        return true;
    }

    internal static bool IsUpperAlphanumeric(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterUpper(c) && !char.IsAsciiDigit(c))
            {
                return false;
            }
        }

        return true;
    }

    // What an officer reads must be what was signed: no control character, none that turns the direction of what follows.
    private static bool MisleadsTheEye(string value)
    {
        foreach (var c in value)
        {
            if (char.IsControl(c) || c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\u2028' or '\u2029')
            {
                return true;
            }
        }

        return false;
    }
}
