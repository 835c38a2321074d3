using TradeIdentity.Verification;
using TradeIdentity.Verification.Trust;
using TradeIdentity.Verification.Verdicts;

namespace TradeIdentity.Verification.Tests.Samples;

public sealed class Gate(TrustBundle bundle)
{
    private static readonly VerificationPolicy Policy = new() { MaxStatusAge = TimeSpan.FromHours(48) };

    // anchor.jwk is the one key that you pin; bundle.cose is fetched whenever there is a network.
    public static Gate Open(byte[] anchorJwk, byte[] bundleCose, long newestSequenceSeen)
    {
        if (!TrustAnchor.TryRead(anchorJwk, out var anchor))
            throw new InvalidDataException("Not a public P-256 key.");

        var failure = TrustBundle.TryLoad(bundleCose, [anchor], newestSequenceSeen, out var bundle);
        return bundle is null ? throw new InvalidDataException($"The bundle is not taken: {failure}.") : new Gate(bundle);
    }

    public string Scan(string qrText, DateTimeOffset now) =>
        OfflineVerifier.Verify(qrText, bundle, now, Policy).Match(
            accepted => $"{accepted.Credential.LegalName}, status of {accepted.Status.Age.TotalHours:0} hours ago",
            rejected => $"refused: {rejected.Reason.Code()}",
            undetermined => $"cannot tell: {undetermined.Doubt.Code()}");
}
