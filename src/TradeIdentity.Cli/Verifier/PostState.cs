using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using TradeIdentity.Verification.Trust;

namespace TradeIdentity.Cli.Verifier;

/// <summary>
/// What a post remembers beside its bundle file: the anchors it has pinned, and the highest sequence it has taken, so that an
/// older bundle put in its place is noticed.
/// </summary>
internal sealed record PostState(IReadOnlyList<string> Anchors, long NewestSequence)
{
    private const int MaxLength = 64 * 1024;

    internal static string FileOf(string bundleFile) => bundleFile + ".state.json";

    internal static PostState? Read(string bundleFile)
    {
        var file = new FileInfo(FileOf(bundleFile));
        if (!file.Exists)
        {
            return null;
        }

        try
        {
            return file.Length <= MaxLength
                ? JsonSerializer.Deserialize(File.ReadAllBytes(file.FullName), PostStateJson.Default.PostState)
                : throw new UsageException($"{file.Name} is not a state file: too large.");
        }
        catch (JsonException)
        {
            throw new UsageException($"{file.Name} is damaged: fetch the bundle again with --anchor.");
        }
    }

    internal void Write(string bundleFile) =>
        AtomicFile.Write(FileOf(bundleFile), JsonSerializer.SerializeToUtf8Bytes(this, PostStateJson.Default.PostState));

    internal IReadOnlyList<TrustAnchor> PinnedAnchors() =>
        [.. Anchors.Select(jwk => TrustAnchor.TryRead(Encoding.UTF8.GetBytes(jwk), out var anchor)
            ? anchor
            : throw new UsageException("The state file beside the bundle holds an anchor that cannot be read: fetch the bundle again with --anchor."))];

    /// <summary>The state after <paramref name="bundle"/> was taken: anchors that it announces are pinned beside those there are.</summary>
    internal static PostState After(IReadOnlyList<TrustAnchor> pinned, TrustBundle bundle, long newestSequence) =>
        new(
            [.. pinned.Concat(bundle.Content.AnnouncedAnchors).Select(anchor => anchor.ToJwk()).Distinct()],
            Math.Max(newestSequence, bundle.Sequence));
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PostState))]
internal sealed partial class PostStateJson : JsonSerializerContext;
