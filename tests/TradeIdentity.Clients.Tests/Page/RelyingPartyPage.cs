using System.Text.RegularExpressions;

namespace TradeIdentity.Clients.Tests.Page;

/// <summary><c>docs/relying-party.md</c>, and the examples in it.</summary>
internal static partial class RelyingPartyPage
{
    private static readonly string Text = File.ReadAllText(Repository.PathOf("docs", "relying-party.md"));

    /// <summary>The examples in <paramref name="language"/>, in their order.</summary>
    internal static IReadOnlyList<string> Examples(string language) =>
        [.. Fence().Matches(Text).Where(block => block.Groups["language"].Value == language).Select(block => block.Groups["code"].Value)];

    [GeneratedRegex(@"^```(?<language>\w+)\n(?<code>.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();
}
