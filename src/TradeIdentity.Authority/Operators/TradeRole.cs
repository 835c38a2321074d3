namespace TradeIdentity.Authority.Operators;

/// <summary>What an operator does in trade: a party function code of UN/EDIFACT 3035. The list is <c>roles.json</c>.</summary>
/// <param name="Code">E.g. <c>IM</c>.</param>
/// <param name="Names">Display name by language tag.</param>
public sealed record TradeRole(string Code, IReadOnlyDictionary<string, string> Names)
{
    public bool Equals(TradeRole? other) => other is not null && Code == other.Code;

    public override int GetHashCode() => Code.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Code;
}
