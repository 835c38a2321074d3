namespace TradeIdentity.Authority.Operators.Identifiers;

/// <summary>An identifier of an operator with its evidence. The value has its scheme's form; see <see cref="IdentifierScheme.Accepts"/>.</summary>
public sealed record Identifier
{
    public Identifier(IdentifierScheme scheme, string value, Evidence evidence)
    {
        if (!scheme.Accepts(value))
        {
            throw new FormatException($"Not an identifier of scheme {scheme}.");
        }

        (Scheme, Value, Evidence) = (scheme, value, evidence);
    }

    public IdentifierScheme Scheme { get; }

    public string Value { get; }

    public Evidence Evidence { get; }

    public override string ToString() => $"{Scheme}:{Value}";
}
