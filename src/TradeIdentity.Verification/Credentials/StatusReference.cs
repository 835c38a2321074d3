namespace TradeIdentity.Verification.Credentials;

/// <summary>Place of a credential's status: a list of its issuer, and an index in it.</summary>
/// <param name="List">Number of the status list, from 1.</param>
/// <param name="Index">Index in the list, from 0.</param>
public readonly record struct StatusReference(int List, int Index);
