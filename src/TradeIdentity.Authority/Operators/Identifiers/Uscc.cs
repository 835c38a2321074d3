using System.Diagnostics.CodeAnalysis;

namespace TradeIdentity.Authority.Operators.Identifiers;

/// <summary>Unified Social Credit Code of China, GB 32100-2015: 18 characters, the last a modulo 31 check.</summary>
public sealed record Uscc
{
    // Without I, O, S, V and Z, which are misread.
    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    private Uscc(string value) => Value = value;

    public string Value { get; }

    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out Uscc? uscc)
    {
        uscc = IsValid(text) ? new Uscc(text.ToString()) : null;
        return uscc is not null;
    }

    public static Uscc Parse(ReadOnlySpan<char> text) =>
        TryParse(text, out var uscc) ? uscc : throw new FormatException("Not a Unified Social Credit Code.");

    public override string ToString() => Value;

    private static bool IsValid(ReadOnlySpan<char> text)
    {
        if (text.Length != 18 || !Characters.AreDigits(text[2..8]))
        {
            return false;
        }

        var sum = 0;
        var weight = 1;
        foreach (var character in text[..17])
        {
            var value = Alphabet.IndexOf(character, StringComparison.Ordinal);
            if (value < 0)
            {
                return false;
            }

            // GB 32100-2015: the weights are the powers of 3 modulo 31.
            sum += value * weight;
            weight = weight * 3 % 31;
        }

        return text[17] == Alphabet[(31 - (sum % 31)) % 31];
    }
}
