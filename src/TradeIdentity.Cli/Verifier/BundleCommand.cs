using System.CommandLine;
using System.Text;
using TradeIdentity.Verification.Trust;

namespace TradeIdentity.Cli.Verifier;

/// <summary><c>tradeid bundle fetch|show|apply</c>.</summary>
internal static class BundleCommand
{
    private static readonly Argument<string> Url = new("url") { Description = "The authority's address, or the whole address of its bundle." };
    private static readonly Argument<string> File = new("file") { Description = "A bundle file." };
    private static readonly Argument<string> Delta = new("delta") { Description = "A delta: a file, or the text of its QR code (TI1D:…)." };
    private static readonly Option<string?> Anchor = new("--anchor") { Description = "The trust anchor: a JWK or COSE_Key file. Pinned for this bundle at the first fetch." };
    private static readonly Option<string> Output = new("--output", "-o") { Description = "The bundle file to write.", Required = true };
    private static readonly Option<bool> Json = new("--json") { Description = "Print JSON." };

    internal static Command Create()
    {
        var fetch = new Command("fetch", "Fetch the trust bundle and keep it, if the pinned anchor signed it. Example: tradeid bundle fetch https://identity.customs.example --anchor anchor.jwk -o trust.bundle")
        {
            Url, Anchor, Output,
        };
        fetch.SetAction((parsed, cancellationToken) => Edge.RunAsync(
            () => FetchBundle.ExecuteAsync(parsed.GetRequiredValue(Url), parsed.GetValue(Anchor), parsed.GetRequiredValue(Output), cancellationToken), cancellationToken));

        var show = new Command("show", "Show what a bundle holds, and how old it is.") { File, Anchor, Json };
        show.SetAction((parsed, cancellationToken) => Edge.RunAsync(
            () => ShowBundle.Execute(parsed.GetRequiredValue(File), parsed.GetValue(Anchor), parsed.GetValue(Json)), cancellationToken));

        var apply = new Command("apply", "Bring a bundle up to date with a delta, with no network. Example: tradeid bundle apply trust.bundle 'TI1D:…' -o trust.bundle")
        {
            File, Delta, Anchor, Output,
        };
        apply.SetAction((parsed, cancellationToken) => Edge.RunAsync(
            () => Apply(parsed.GetRequiredValue(File), parsed.GetRequiredValue(Delta), parsed.GetValue(Anchor), parsed.GetRequiredValue(Output)), cancellationToken));
        return new Command("bundle", "The trust bundle: all that a post needs to verify offline.") { fetch, show, apply };
    }

    private static int Apply(string file, string delta, string? anchorFile, string output)
    {
        var state = PostState.Read(file);
        var anchors = BundleInput.Anchors(file, anchorFile, state);
        var failure = BundleFile.TryApply(BundleInput.ReadFile(file, BundleInput.MaxBundleLength), ReadDelta(delta), anchors, out var applied);
        return failure == BundleFailure.None
            ? KeptBundle.Keep(applied, anchors, state?.NewestSequence ?? 0, output)
            : KeptBundle.NotTaken("delta", failure);
    }

    private static byte[] ReadDelta(string delta)
    {
        const int MaxDeltaLength = 4 * 1024 * 1024;
        var text = TokenText.Trim(delta);
        if (!DeltaText.HasPrefix(text))
        {
            var file = BundleInput.ReadFile(delta, MaxDeltaLength);
            text = TokenText.Trim(Encoding.UTF8.GetString(file.AsSpan(0, Math.Min(file.Length, TokenText.MaxLength))));
            if (!DeltaText.HasPrefix(text))
            {
                return file;
            }
        }

        return DeltaText.TryDecode(text, out var message)
            ? message
            : throw new UsageException("The delta text is damaged: scan it again.");
    }
}
