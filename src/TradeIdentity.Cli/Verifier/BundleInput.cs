using TradeIdentity.Verification.Trust;

namespace TradeIdentity.Cli.Verifier;

/// <summary>Reads bundle and anchor files as the commands take them.</summary>
internal static class BundleInput
{
    internal const int MaxBundleLength = 64 * 1024 * 1024;

    internal static byte[] ReadFile(string path, int maxLength) => OrSay(path, () =>
    {
        using var stream = File.OpenRead(path);
        var content = new MemoryStream(stream.CanSeek ? (int)Math.Min(stream.Length, maxLength) : 0);
        // What a file says of its length is not what comes out of it: a pipe and a device say nothing, and a file grows.
        var part = new byte[1 << 16];
        for (int read; (read = stream.Read(part)) > 0;)
        {
            if (content.Length + read > maxLength)
            {
                throw new UsageException($"{path} is larger than {maxLength} bytes.");
            }

            content.Write(part, 0, read);
        }

        return content.ToArray();
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
        catch (ArgumentException)
        {
            throw UsageException.NoName();
        }
    }
}
