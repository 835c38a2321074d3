using System.Runtime.InteropServices;
using TradeIdentity.Verification.Trust;
using TradeIdentity.Verification.Verdicts;

namespace TradeIdentity.Verification.Native;

/// <summary>A bundle that was opened, or why it was refused.</summary>
internal sealed class Post(TrustBundle? bundle, BundleFailure failure)
{
    public TrustBundle? Bundle { get; } = bundle;

    public static Post? Of(nint handle) => handle == 0 ? null : GCHandle.FromIntPtr(handle).Target as Post;

    public Verdict Judge(string text, DateTimeOffset at, VerificationPolicy policy) =>
        Bundle is null ? Verdict.WithoutBundle(failure, at) : OfflineVerifier.Verify(text, Bundle, at, policy);
}
