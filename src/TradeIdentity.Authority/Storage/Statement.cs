namespace TradeIdentity.Authority.Storage;

/// <summary>One statement of a write that is known whole before it begins.</summary>
/// <param name="Sql">Names the properties of <paramref name="Row"/> as parameters; runs on both databases.</param>
/// <param name="Row">Strings, longs, bytes, or null.</param>
public readonly record struct Statement(string Sql, object Row);
