using System.Globalization;
using TradeIdentity.Verification.Trust;

namespace TradeIdentity.Cli.Verifier;

/// <summary>Takes a bundle into a post: verified, not older than what the post has had, written whole, and remembered.</summary>
internal static class KeptBundle
{
    internal static int Keep(byte[] file, IReadOnlyList<TrustAnchor> anchors, long newestSequence, string output)
    {
        newestSequence = Math.Max(newestSequence, PostState.Read(output)?.NewestSequence ?? 0);
        var failure = TrustBundle.TryLoad(file, anchors, newestSequence, out var bundle);
        if (bundle is null)
        {
            return NotTaken("bundle", failure);
        }

        AtomicFile.Write(output, file);
        PostState.After(anchors, bundle, newestSequence).Write(output);
        Console.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Bundle {bundle.Sequence} of {bundle.Content.Issued:yyyy-MM-dd HH:mm} UTC, next due {bundle.Content.NextUpdate:yyyy-MM-dd HH:mm} UTC, kept in {output}."));
        return ExitCodes.Accepted;
    }

    internal static int NotTaken(string what, BundleFailure failure)
    {
        Console.Error.WriteLine($"The {what} was not taken: {BundleInput.Describe(failure)}. The bundle in hand is unchanged.");
        return failure == BundleFailure.SignatureInvalid ? ExitCodes.Rejected : ExitCodes.Undetermined;
    }
}
