namespace TradeIdentity.Fuzz;

/// <summary>An input that broke a promise.</summary>
/// <param name="Target">Name of the target.</param>
/// <param name="Input">The input.</param>
/// <param name="Problem">The exception, or which bound was passed.</param>
public sealed record FuzzFinding(string Target, byte[] Input, string Problem);
