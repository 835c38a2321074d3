using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using TradeIdentity.Verification.Trust;

namespace TradeIdentity.Cli.Verifier;

/// <summary>
/// What a post remembers beside its bundle file: the anchors it has pinned, and the highest sequence it has taken, so that an
/// older bundle put in its place is noticed.
/// </summary>
internal sealed record PostState(IReadOnlyList<string?> Anchors, long NewestSequence)
{
    private const int MaxLength = 64 * 1024;

    internal static string FileOf(string bundleFile) => bundleFile + ".state.json";

    internal static PostState? Read(string bundleFile)
    {
        var path = FileOf(bundleFile);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(BundleInput.ReadFile(path, MaxLength), PostStateJson.Default.PostState) ?? throw Damaged(path);
        }
        catch (JsonException)
        {
            throw Damaged(path);
        }
    }

    internal void Write(string bundleFile) =>
        AtomicFile.Write(FileOf(bundleFile), JsonSerializer.SerializeToUtf8Bytes(this, PostStateJson.Default.PostState));

    internal IReadOnlyList<TrustAnchor> PinnedAnchors() =>
        // The platform's reader lets null into a list.
        [.. Anchors.Select(jwk => jwk is not null && TrustAnchor.TryRead(Encoding.UTF8.GetBytes(jwk), out var anchor) ? anchor : throw Damaged("The state file beside the bundle"))];

    /// <summary>
    /// The state after <paramref name="bundle"/> was taken: the anchors that it announces are pinned behind those there are, and
    /// those before the one that signed it are dropped. An anchor that has been succeeded can no longer bring anything in.
    /// </summary>
    internal static PostState After(IReadOnlyList<TrustAnchor> pinned, TrustBundle bundle, long newestSequence) =>
        new(
            [.. pinned.SkipWhile(anchor => anchor.Fingerprint != bundle.SignedBy.Fingerprint).Concat(bundle.Content.AnnouncedAnchors).Select(anchor => anchor.ToJwk()).Distinct()],
            Math.Max(newestSequence, bundle.Sequence));

    // Its loss would also lose which bundle was the newest, so it is never passed over in silence.
    private static UsageException Damaged(string what) =>
        new($"{what} is damaged. It says which anchor is pinned and which bundle was the newest: find out who changed it, remove it, and fetch the bundle again with --anchor.");
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, AllowDuplicateProperties = false, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PostState))]
internal sealed partial class PostStateJson : JsonSerializerContext;
