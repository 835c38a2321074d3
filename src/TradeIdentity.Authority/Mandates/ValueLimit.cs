using System.Diagnostics.CodeAnalysis;

namespace TradeIdentity.Authority.Mandates;

/// <summary>The most that goods of one declaration may be worth: whole units of a currency (ISO 4217).</summary>
public sealed record ValueLimit
{
    /// <summary>A thousand milliard: no consignment is worth more, and every language holds the number exactly.</summary>
    public const long MaxAmount = 1_000_000_000_000;

    private ValueLimit(long amount, string currency) => (Amount, Currency) = (amount, currency);

    public long Amount { get; }

    public string Currency { get; }

    public static bool TryCreate(long amount, string currency, [NotNullWhen(true)] out ValueLimit? limit)
    {
        limit = amount is > 0 and <= MaxAmount && currency.Length == 3 && currency.All(char.IsAsciiLetterUpper) ? new ValueLimit(amount, currency) : null;
        return limit is not null;
    }
}
