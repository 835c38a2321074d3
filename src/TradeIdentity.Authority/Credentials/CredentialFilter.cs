using TradeIdentity.Verification.Trust;

namespace TradeIdentity.Authority.Credentials;

/// <summary>Which of an operator's credentials are asked for.</summary>
/// <param name="Type">A code of the catalogue; null for every type.</param>
/// <param name="State">What they are worth now; null for all.</param>
public sealed record CredentialFilter(int? Type, CredentialState? State)
{
    public static CredentialFilter None { get; } = new(null, null);

    /// <summary>The status in the ledger of what is asked for.</summary>
    internal StatusValue Status => State switch
    {
        CredentialState.Suspended => StatusValue.Suspended,
        CredentialState.Revoked => StatusValue.Revoked,
        _ => StatusValue.Valid,
    };

    /// <summary>Names tin, type, status, revoked and now.</summary>
    internal string Where => "WHERE tin = @tin" + (Type is null ? "" : " AND type = @type") + State switch
    {
        null => "",
        CredentialState.Revoked => " AND status = @revoked",
        CredentialState.Expired => " AND status <> @revoked AND expires_at <= @now",
        _ => " AND status = @status AND expires_at > @now",
    };
}
