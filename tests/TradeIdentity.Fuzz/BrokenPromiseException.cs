namespace TradeIdentity.Fuzz;

/// <summary>A decoder accepted what it should not have, or gave back something else than it read.</summary>
public sealed class BrokenPromiseException(string message) : Exception(message);
