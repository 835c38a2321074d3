using TradeIdentity.Verification;
using TradeIdentity.Verification.Trust;
using TradeIdentity.Verification.Verdicts;

namespace TradeIdentity.Verification.Tests.Samples;

/// <summary>The sample of docs/verification.md, in a folder with the files that it names.</summary>
internal static class VerificationPage
{
    internal static string Run(string qrText, DateTimeOffset now, long newestSequenceSeen)
    {
        // Once: the pinned anchor, and the bundle when it changes. A TrustBundle is immutable and safe for many threads.
        if (!TrustAnchor.TryRead(File.ReadAllBytes("anchor.jwk"), out var anchor))
            throw new InvalidDataException("anchor.jwk is not a public P-256 key.");
        var failure = TrustBundle.TryLoad(File.ReadAllBytes("bundle.cose"), [anchor], newestSequenceSeen, out var bundle);
        var policy = new VerificationPolicy { MaxStatusAge = TimeSpan.FromHours(48) };

        // For each scan:
        Verdict verdict = bundle is null
            ? Verdict.WithoutBundle(failure, now)
            : OfflineVerifier.Verify(qrText, bundle, now, policy);
        string line = verdict.Match(
            accepted => $"{accepted.Credential.LegalName}, status as of {accepted.Status.AsOf:u}",
            rejected => $"refused: {rejected.Reason.Code()}",
            undetermined => $"cannot tell: {undetermined.Doubt.Code()}");
        return line;
    }
}
