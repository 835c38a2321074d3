namespace TradeIdentity.Verification.Verdicts;

/// <summary>The stable codes of reasons, the same in every language binding. Nobody parses a message.</summary>
public static class ReasonCodes
{
    /// <summary>The code of a rejection, e.g. <c>signature_invalid</c>.</summary>
    public static string Code(this RejectionReason reason) => reason switch
    {
        RejectionReason.Malformed => "malformed",
        RejectionReason.UnsupportedEnvelope => "unsupported_envelope",
        RejectionReason.AlgorithmNotAllowed => "algorithm_not_allowed",
        RejectionReason.IssuerNotAuthorised => "issuer_not_authorised",
        RejectionReason.SignatureInvalid => "signature_invalid",
        RejectionReason.NotYetValid => "not_yet_valid",
        RejectionReason.Expired => "expired",
        RejectionReason.Revoked => "revoked",
        RejectionReason.Suspended => "suspended",
        RejectionReason.MandateBroken => "mandate_broken",
        RejectionReason.Replayed => "replayed",
        RejectionReason.HolderBindingInvalid => "holder_binding_invalid",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, null),
    };

    /// <summary>The code of a doubt, e.g. <c>status_stale</c>.</summary>
    public static string Code(this Doubt doubt) => doubt switch
    {
        Doubt.IssuerUnknown => "issuer_unknown",
        Doubt.StatusStale => "status_stale",
        Doubt.StatusUnknown => "status_unknown",
        Doubt.BundleExpired => "bundle_expired",
        Doubt.BundleSignatureInvalid => "bundle_signature_invalid",
        Doubt.BundleRollback => "bundle_rollback",
        Doubt.Clock => "clock",
        _ => throw new ArgumentOutOfRangeException(nameof(doubt), doubt, null),
    };
}
