using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using TradeIdentity.Verification.Trust;

namespace TradeIdentity.Cli.Verifier;

/// <summary>What a bundle holds, for people and for machines.</summary>
internal static class ShowBundle
{
    internal static int Execute(string file, string? anchorFile, bool json)
    {
        var failure = BundleInput.Load(file, anchorFile, out var bundle);
        if (bundle is null)
        {
            return KeptBundle.NotTaken("bundle", failure);
        }

        var summary = Summarise(bundle);
        Console.WriteLine(json ? JsonSerializer.Serialize(summary, BundleSummaryJson.Default.BundleSummary) : Text(summary, TimeProvider.System.GetUtcNow()));
        return ExitCodes.Accepted;
    }

    private static BundleSummary Summarise(TrustBundle bundle) => Summarise(bundle.Content, bundle.SignedBy);

    private static BundleSummary Summarise(BundleContent content, TrustAnchor signedBy) => new(
        content.Sequence,
        content.Issued.UtcDateTime,
        content.NextUpdate.UtcDateTime,
        signedBy.Fingerprint,
        [.. content.AnnouncedAnchors.Select(anchor => anchor.Fingerprint)],
        [.. content.Issuers.Select(issuer => new IssuerSummary(
            issuer.Code,
            issuer.Names.Count > 0 ? issuer.Names[0].Value : issuer.Code,
            issuer.EntityId,
            [.. issuer.Keys.Select(key => new KeySummary(Convert.ToHexStringLower(key.KeyId()), key.SignsFrom.UtcDateTime, key.SignsUntil.UtcDateTime))]))],
        [.. content.StatusLists.Select(list => new StatusListSummary(
            list.Issuer,
            list.List,
            list.AsOf.UtcDateTime,
            list.Statuses.Count,
            list.Statuses.IndexesOf((int)StatusValue.Revoked).Length,
            list.Statuses.IndexesOf((int)StatusValue.Suspended).Length))]);

    private static string Text(BundleSummary summary, DateTimeOffset now)
    {
        var lines = new List<string>
        {
            Line($"Trust bundle {summary.Sequence}"),
            Line($"  issued       {summary.Issued:yyyy-MM-dd HH:mm:ss} UTC, {Age.InWords(now - summary.Issued)}"),
            Line($"  next update  {summary.NextUpdate:yyyy-MM-dd HH:mm:ss} UTC{(now > summary.NextUpdate ? ", overdue" : "")}"),
            Line($"  anchor       {summary.Anchor}"),
        };
        lines.AddRange(summary.AnnouncedAnchors.Select(anchor => Line($"  next anchor  {anchor}")));
        foreach (var issuer in summary.Issuers)
        {
            lines.Add(Line($"Issuer {issuer.Code}: {issuer.Name}, {issuer.EntityId}"));
            lines.AddRange(issuer.Keys.Select(key => Line($"  key {key.Kid}  signs {key.SignsFrom:yyyy-MM-dd} to {key.SignsUntil:yyyy-MM-dd}")));
        }

        lines.AddRange(summary.StatusLists.Select(list =>
            Line($"Status list {list.List} of {list.Issuer}: {list.Indexes:N0} indexes, {list.Revoked:N0} revoked, {list.Suspended:N0} suspended")));
        return string.Join(Environment.NewLine, lines);
    }

    private static string Line(FormattableString line) => TerminalText.Plain(line.ToString(CultureInfo.InvariantCulture));
}

// DateTime in UTC: the platform writes it with Z.
internal sealed record BundleSummary(
    long Sequence, DateTime Issued, DateTime NextUpdate, string Anchor, IReadOnlyList<string> AnnouncedAnchors,
    IReadOnlyList<IssuerSummary> Issuers, IReadOnlyList<StatusListSummary> StatusLists);

internal sealed record IssuerSummary(string Code, string Name, string EntityId, IReadOnlyList<KeySummary> Keys);

internal sealed record KeySummary(string Kid, DateTime SignsFrom, DateTime SignsUntil);

internal sealed record StatusListSummary(string Issuer, int List, DateTime AsOf, int Indexes, int Revoked, int Suspended);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BundleSummary))]
internal sealed partial class BundleSummaryJson : JsonSerializerContext;
