using System.Collections.Immutable;

namespace TradeIdentity.Authority.Accounts.Sessions;

/// <summary>What a person proved at a sign-in: methods as RFC 8176 names them, and how good they are together.</summary>
public sealed record SignInEvidence
{
    private SignInEvidence(string acr, params ImmutableArray<string> amr) => (Acr, Amr) = (acr, amr);

    public string Acr { get; }

    public ImmutableArray<string> Amr { get; }

    public static SignInEvidence Password { get; } = new(AcrValues.OneFactor, "pwd");

    /// <summary>With a code of an authenticator application, or a recovery code.</summary>
    public static SignInEvidence PasswordAndCode { get; } = new(AcrValues.TwoFactors, "pwd", "otp", "mfa");

    /// <param name="canBeCopied">The passkey may leave its device (WebAuthn: backup eligible): a software-secured key.</param>
    /// <param name="userVerified">The device asked for a PIN or a biometric; else touch alone, which is one factor.</param>
    public static SignInEvidence Passkey(bool canBeCopied, bool userVerified) => (canBeCopied, userVerified) switch
    {
        (false, true) => new(AcrValues.TwoFactors, "hwk", "user", "mfa"),
        (true, true) => new(AcrValues.TwoFactors, "swk", "user", "mfa"),
        (false, false) => new(AcrValues.OneFactor, "hwk", "user"),
        (true, false) => new(AcrValues.OneFactor, "swk", "user"),
    };
}
