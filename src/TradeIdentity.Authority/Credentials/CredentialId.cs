using System.Diagnostics.CodeAnalysis;

namespace TradeIdentity.Authority.Credentials;

/// <summary>Identifies a credential in the ledger: 32 lower-case hexadecimal characters, ordered by time, else random.</summary>
public readonly record struct CredentialId
{
    private const int Length = 32;
    private readonly string? _value;

    private CredentialId(string value) => _value = value;

    public static CredentialId Create(DateTimeOffset at) => new(Guid.CreateVersion7(at).ToString("N"));

    public static bool TryParse([NotNullWhen(true)] string? text, out CredentialId id)
    {
        var isId = text is { Length: Length } && text.All(char.IsAsciiHexDigitLower);
        id = isId ? new CredentialId(text!) : default;
        return isId;
    }

    // RFC 9562 §5.7: the first 48 bits are milliseconds. A number and not a time: a cursor can name what no time reaches.
    internal long IssuedAtSecond => Convert.ToInt64(ToString()[..12], 16) / 1000;

    public override string ToString() => _value ?? throw new InvalidOperationException("No credential has the default id.");
}
