using TradeIdentity.Verification.Trust;

namespace TradeIdentity.Authority.Credentials;

/// <summary>What a credential is worth at a moment: its status, or that its time has passed.</summary>
public enum CredentialState
{
    Valid,
    Suspended,
    Revoked,
    Expired,
}

public static class CredentialStates
{
    public static IReadOnlyList<string> All { get; } = [.. Enum.GetValues<CredentialState>().Select(state => state.ToCode())];

    /// <summary>What was revoked stays revoked after its time: that is why it ended.</summary>
    public static CredentialState StateAt(this IssuedCredential credential, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(credential);
        return credential.Status == StatusValue.Revoked ? CredentialState.Revoked
            : credential.ExpiresAt <= now ? CredentialState.Expired
            : credential.Status == StatusValue.Suspended ? CredentialState.Suspended
            : CredentialState.Valid;
    }

    public static string ToCode(this CredentialState state) => state switch
    {
        CredentialState.Valid => "valid",
        CredentialState.Suspended => "suspended",
        CredentialState.Revoked => "revoked",
        _ => "expired",
    };

    public static CredentialState? Find(string? code) =>
        Enum.GetValues<CredentialState>().Cast<CredentialState?>().FirstOrDefault(state => state!.Value.ToCode() == code);
}
