namespace TradeIdentity.Server.Accounts;

/// <summary>One of <c>Bootstrap:Users</c>, read and checked.</summary>
/// <param name="Path">Where it is in the configuration, for messages.</param>
/// <param name="Email">The name to sign in with.</param>
/// <param name="Password">For the account's making; null where it was taken out of the configuration since.</param>
/// <param name="Roles">Of the authority's officers; none for a trader's people.</param>
internal sealed record BootstrappedUser(string Path, string Email, string? Password, IReadOnlyList<string> Roles);
