using TradeIdentity.Authority.Accounts.Sessions;

namespace TradeIdentity.Server.OpenId.Authorization;

/// <summary>Compares the authentication context classes of this server.</summary>
internal static class SignInStrength
{
    internal static IReadOnlyList<string> All { get; } = [AcrValues.OneFactor, AcrValues.TwoFactors];

    /// <summary>Whether a sign-in of <paramref name="acr"/> is at least as strong as the weakest of <paramref name="asked"/>.</summary>
    internal static bool Satisfies(string acr, IReadOnlyList<string> asked) =>
        asked.Count == 0 || asked.Contains(acr) || (acr == AcrValues.TwoFactors && asked.Contains(AcrValues.OneFactor));
}
