using TradeIdentity.Verification.Trust;

namespace TradeIdentity.Cli.Verifier;

/// <summary>Reads bundle and anchor files as the commands take them.</summary>
internal static class BundleInput
{
    internal const int MaxBundleLength = 64 * 1024 * 1024;

    internal static byte[] ReadFile(string path, int maxLength) => OrSay(path, () =>
    {
        var file = new FileInfo(path);
        return file.Length <= maxLength ? File.ReadAllBytes(path) : throw new UsageException($"{path} is larger than {maxLength} bytes.");
    });

    internal static FileStream OpenFile(string path) => OrSay(path, () => File.OpenRead(path));

    internal static TrustAnchor ReadAnchor(string path) =>
        TrustAnchor.TryRead(ReadFile(path, TrustAnchor.MaxFileLength), out var anchor)
            ? anchor
            : throw new UsageException($"{path} is not a trust anchor: a JWK or COSE_Key of a public P-256 key, as /trust/anchor gives it.");

    /// <summary>The anchors to verify <paramref name="bundleFile"/> under: the one that is given, else those pinned when it was fetched.</summary>
    internal static IReadOnlyList<TrustAnchor> Anchors(string bundleFile, string? anchorFile, PostState? state)
    {
        if (anchorFile is not null)
        {
            return [ReadAnchor(anchorFile)];
        }

        return state?.PinnedAnchors() ?? throw new UsageException(
            $"No trust anchor is pinned for {bundleFile}: give --anchor FILE. Get it once from the authority (/trust/anchor) and compare its fingerprint by another way.");
    }

    /// <summary>Loads the bundle of a post.</summary>
    internal static BundleFailure Load(string bundleFile, string? anchorFile, out TrustBundle? bundle)
    {
        // First: whoever mistyped its name is not to look for an anchor.
        var file = ReadFile(bundleFile, MaxBundleLength);
        var state = PostState.Read(bundleFile);
        var anchors = Anchors(bundleFile, anchorFile, state);
        return TrustBundle.TryLoad(file, anchors, state?.NewestSequence ?? 0, out bundle);
    }

    internal static string Describe(BundleFailure failure) => failure switch
    {
        BundleFailure.Malformed => "it is not a trust bundle of this version, or it is damaged",
        BundleFailure.SignatureInvalid => "it is not signed by the pinned anchor, or was altered",
        BundleFailure.Rollback => "it is older than one that this post has had",
        BundleFailure.OutOfOrder => "the delta does not continue from this bundle",
        _ => "it was taken",
    };

    private static T OrSay<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{path} cannot be read: {unreadable.Message}");
        }
    }
}
