using TradeIdentity.Authority.Operators.Identifiers;

namespace TradeIdentity.Authority.Operators;

/// <summary>A TIN as somebody gave it.</summary>
public static class GivenTin
{
    public static Outcome<Tin> Read(string text) =>
        Tin.TryParse(text, out var tin) ? tin : new Refusal("tin_malformed", "A TIN is a country code and 1 to 15 capital letters or digits.");
}
