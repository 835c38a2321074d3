using TradeIdentity.Codecs.Cose;
using TradeIdentity.Codecs.QrText;
using TradeIdentity.Verification;
using TradeIdentity.Verification.Credentials;
using TradeIdentity.Verification.Trust;
using static TradeIdentity.Fuzz.FuzzTargets;

namespace TradeIdentity.Fuzz;

/// <summary>The entry points of the verifier: each from the outside, and with the signature made right, from behind it.</summary>
internal static class VerificationTargets
{
    private const long Megabyte = 1024 * 1024;

    public static FuzzTarget[] All(OwnSeeds own) =>
    [
        new("anchor", input => TrustAnchor.TryRead(input, out _), Megabyte, own.AnchorFiles),
        new("credential", ReadCredential, 16 * Megabyte, [own.CredentialPayload]),
        new("delta", input => StatusDelta.TryRead(input, out _), 64 * Megabyte, [OwnSeeds.DeltaPayload]),
        new("bundle", input => TrustBundle.TryLoad(input, [own.Anchor], 0, out _), 128 * Megabyte, [own.BundleFile]),
        new("bundle-signed", input => TrustBundle.TryLoad(own.Signed(BundleWriter.Type, input), [own.Anchor], 0, out _), 128 * Megabyte, [own.BundlePayload]),
        new("verifier", input => OfflineVerifier.Verify(Text(input), own.Bundle, OwnSeeds.Now), 64 * Megabyte, [own.CredentialText]),
        new("verifier-signed", input => VerifySigned(input, own), 64 * Megabyte, [own.CredentialPayload]),
    ];

    private static void ReadCredential(byte[] input)
    {
        if (CredentialReader.TryRead(input, out var credential))
        {
            Promise(CredentialWriter.Write(credential).AsSpan().SequenceEqual(input), "another encoding stands for the same credential");
        }
    }

    private static void VerifySigned(byte[] input, OwnSeeds own)
    {
        if (input.Length < Ti1Text.MaxMessageLength - 256)
        {
            OfflineVerifier.Verify(Ti1Text.Encode(own.Signed(CredentialWriter.Type, input)), own.Bundle, OwnSeeds.Now);
        }
    }
}
