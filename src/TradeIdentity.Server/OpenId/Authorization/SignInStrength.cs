namespace TradeIdentity.Server.OpenId.Authorization;

/// <summary>The authentication context classes (<c>acr</c>) of this server, weakest first.</summary>
internal static class SignInStrength
{
    /// <summary>One factor.</summary>
    internal const string One = "urn:tradeidentity:acr:1";

    /// <summary>Two factors, or a passkey with user verification.</summary>
    internal const string Two = "urn:tradeidentity:acr:2";

    internal static IReadOnlyList<string> All { get; } = [One, Two];

    /// <summary>Whether a sign-in of <paramref name="acr"/> is at least as strong as the weakest of <paramref name="asked"/>.</summary>
    internal static bool Satisfies(string? acr, IReadOnlyList<string> asked) =>
        asked.Count == 0 || asked.Contains(acr) || (acr == Two && asked.Contains(One));
}
