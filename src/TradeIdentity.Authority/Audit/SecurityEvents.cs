namespace TradeIdentity.Authority.Audit;

/// <summary>The acts of the audit trail that tell how accounts, clients, tokens and keys fared. Published, and never renamed.</summary>
public static class SecurityEvents
{
    public const string ClientCreated = "openid-client-created";
    public const string ClientUpdated = "openid-client-updated";
    public const string ClientDeleted = "openid-client-deleted";
    public const string ClientAuthenticationFailed = "client-authentication-failed";
    public const string InitialAccessTokenIssued = "initial-access-token-issued";
    public const string InitialAccessTokenWithdrawn = "initial-access-token-withdrawn";
    public const string ConsentGiven = "consent-given";
    public const string ConsentWithdrawn = "consent-withdrawn";
    public const string CodeReplayed = "authorization-code-replayed";
    public const string RefreshTokenReused = "refresh-token-reused";
    public const string TokensEnded = "tokens-ended";
    public const string TokenExchanged = "token-exchanged";
    public const string AccountCreated = "account-created";
    public const string AccountDeleted = "account-deleted";
    public const string AccountDisabled = "account-disabled";
    public const string AccountClosed = "account-closed";
    public const string AccountErased = "account-erased";
    public const string AccountEnabled = "account-enabled";
    public const string SignedIn = "account-signed-in";
    public const string SignedInAgain = "account-signed-in-again";
    public const string SignInFailed = "account-sign-in-failed";
    public const string Locked = "account-locked";
    public const string Unlocked = "account-unlocked";
    public const string PasswordChanged = "account-password-changed";
    public const string EmailChanged = "account-email-changed";
    public const string EmailConfirmed = "account-email-confirmed";
    public const string RolesChanged = "account-roles-changed";
    public const string SecondFactorEnabled = "account-second-factor-enabled";
    public const string SecondFactorDisabled = "account-second-factor-disabled";
    public const string AuthenticatorKeyChanged = "account-authenticator-key-changed";
    public const string RecoveryCodesReplaced = "account-recovery-codes-replaced";
    public const string RecoveryCodeUsed = "account-recovery-code-used";
    public const string PasskeyAdded = "account-passkey-added";
    public const string PasskeyRemoved = "account-passkey-removed";
    public const string SessionEnded = "account-session-ended";
    public const string SignedOutEverywhere = "account-signed-out-everywhere";
    public const string IdentityProven = "account-identity-proven";
    public const string IdentityProofEnded = "account-identity-proof-ended";
    public const string PersonalDataExported = "account-data-exported";
    public const string MembershipGranted = "membership-granted";
    public const string MembershipEnded = "membership-ended";
    public const string SigningKeyCreated = "signing-key-created";
    public const string SigningKeyRotated = "signing-key-rotated";

    /// <summary>All of them, as they stand above.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        ClientCreated, ClientUpdated, ClientDeleted, ClientAuthenticationFailed, InitialAccessTokenIssued, InitialAccessTokenWithdrawn,
        ConsentGiven, ConsentWithdrawn, CodeReplayed, RefreshTokenReused, TokensEnded, TokenExchanged,
        AccountCreated, AccountDeleted, AccountDisabled, AccountClosed, AccountErased, AccountEnabled, SignedIn, SignedInAgain, SignInFailed, Locked, Unlocked,
        PasswordChanged, EmailChanged, EmailConfirmed, RolesChanged, SecondFactorEnabled, SecondFactorDisabled, AuthenticatorKeyChanged,
        RecoveryCodesReplaced, RecoveryCodeUsed, PasskeyAdded, PasskeyRemoved, SessionEnded, SignedOutEverywhere,
        IdentityProven, IdentityProofEnded, PersonalDataExported, MembershipGranted, MembershipEnded, SigningKeyCreated, SigningKeyRotated,
    ];
}
