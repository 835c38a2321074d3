namespace TradeIdentity.Cli.Verifier;

/// <summary>Fetches a bundle: the only command of the verifier that uses the network.</summary>
internal static class FetchBundle
{
    private const string BundlePath = "/trust/bundle";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);

    internal static async Task<int> ExecuteAsync(string url, string? anchorFile, string output, CancellationToken cancellationToken)
    {
        var state = PostState.Read(output);
        var anchors = BundleInput.Anchors(output, anchorFile, state);
        byte[] file;
        try
        {
            using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
            {
                Timeout = Patience,
                MaxResponseContentBufferSize = BundleInput.MaxBundleLength,
            };
            file = await client.GetByteArrayAsync(Address(url), cancellationToken);
        }
        catch (Exception unreached) when (unreached is HttpRequestException || (unreached is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            await Console.Error.WriteLineAsync($"The bundle could not be fetched: {TerminalText.Plain(unreached.Message).TrimEnd('.')}. The bundle in hand is unchanged.");
            return ExitCodes.Undetermined;
        }

        return KeptBundle.Keep(file, anchors, state?.NewestSequence ?? 0, output);
    }

    private static Uri Address(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttps && !(uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback)))
        {
            throw new UsageException("The address must begin with https:// (with http:// only on this machine).");
        }

        return uri.AbsolutePath.EndsWith(BundlePath, StringComparison.Ordinal)
            ? uri
            : new Uri(uri.GetLeftPart(UriPartial.Path).TrimEnd('/') + BundlePath);
    }
}
