namespace TradeIdentity.Authority.Operators;

/// <summary>A page of operators, in the order of their TINs.</summary>
/// <param name="Operators">At most as many as were asked for.</param>
/// <param name="NextCursor">Gives the next page; null: this is the last.</param>
public sealed record OperatorPage(IReadOnlyList<Operator> Operators, string? NextCursor);
