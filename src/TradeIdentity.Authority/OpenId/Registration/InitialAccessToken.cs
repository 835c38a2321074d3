namespace TradeIdentity.Authority.OpenId.Registration;

/// <summary>An initial access token (RFC 7591 §1.2) as it is listed: never the token itself.</summary>
/// <param name="Id">Its name in the audit trail.</param>
/// <param name="Label">For whom it was made.</param>
/// <param name="Scopes">The scopes of the API that a client registered with it may have, beside those of signing in.</param>
/// <param name="UsesLeft">How many clients can still be registered with it.</param>
/// <param name="IssuedBy">Who made it.</param>
/// <param name="IssuedAt">When.</param>
/// <param name="ExpiresAt">From then it registers nothing.</param>
public sealed record InitialAccessToken(
    string Id, string Label, IReadOnlyList<string> Scopes, long UsesLeft, string IssuedBy, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt);
