using TradeIdentity.Verification.Credentials;
using TradeIdentity.Verification.Trust;

namespace TradeIdentity.Verification.Verdicts;

/// <summary>
/// The answer of a verifier: accepted, rejected or undetermined. Ask it with <see cref="Match"/>, which makes a caller
/// handle all three; stale or unknown is neither valid nor forged.
/// </summary>
public abstract record Verdict
{
    private Verdict(Evidence evidence) => Evidence = evidence;

    /// <summary>What the answer rests on.</summary>
    public Evidence Evidence { get; }

    /// <summary>Gives one answer for each of the three.</summary>
    public abstract T Match<T>(Func<Accepted, T> accepted, Func<Rejected, T> rejected, Func<Undetermined, T> undetermined);

    /// <summary>Signed by an issuer of the bundle, within its validity, and not revoked or suspended as of the status's time.</summary>
    public sealed record Accepted : Verdict
    {
        internal Accepted(Evidence evidence, Credential credential, CredentialStatus status)
            : base(evidence) => (Credential, Status) = (credential, status);

        /// <summary>What the credential says.</summary>
        public Credential Credential { get; }

        /// <summary>Its status, and of which time that is.</summary>
        public CredentialStatus Status { get; }

        /// <inheritdoc/>
        public override T Match<T>(Func<Accepted, T> accepted, Func<Rejected, T> rejected, Func<Undetermined, T> undetermined) => accepted(this);
    }

    /// <summary>Refused, and why.</summary>
    public sealed record Rejected : Verdict
    {
        internal Rejected(Evidence evidence, RejectionReason reason)
            : base(evidence) => Reason = reason;

        /// <summary>Why.</summary>
        public RejectionReason Reason { get; }

        /// <inheritdoc/>
        public override T Match<T>(Func<Accepted, T> accepted, Func<Rejected, T> rejected, Func<Undetermined, T> undetermined) => rejected(this);
    }

    /// <summary>No answer can be given, and why.</summary>
    public sealed record Undetermined : Verdict
    {
        internal Undetermined(Evidence evidence, Doubt doubt)
            : base(evidence) => Doubt = doubt;

        /// <summary>Why.</summary>
        public Doubt Doubt { get; }

        /// <inheritdoc/>
        public override T Match<T>(Func<Accepted, T> accepted, Func<Rejected, T> rejected, Func<Undetermined, T> undetermined) => undetermined(this);
    }

    /// <summary>The verdict of a post whose bundle file could not be taken.</summary>
    public static Verdict WithoutBundle(BundleFailure failure, DateTimeOffset at) => failure switch
    {
        BundleFailure.None => throw new ArgumentOutOfRangeException(nameof(failure), failure, null),
        BundleFailure.Rollback => new Undetermined(new Evidence { At = at }, Doubt.BundleRollback),
        _ => new Undetermined(new Evidence { At = at }, Doubt.BundleSignatureInvalid),
    };
}
