namespace TradeIdentity.Authority.OpenId.Registration;

/// <summary>A new initial access token, the one time that it can be shown.</summary>
public sealed record IssuedInitialAccessToken(InitialAccessToken Terms, string Token);
