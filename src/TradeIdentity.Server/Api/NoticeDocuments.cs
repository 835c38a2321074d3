using System.Globalization;
using TradeIdentity.Authority.Notices;

namespace TradeIdentity.Server.Api;

/// <summary>What was told of an act.</summary>
/// <param name="Id">Ascends with time.</param>
/// <param name="Kind">What happened, e.g. <c>mandate-accepted</c>, <c>aeo-suspend</c>.</param>
/// <param name="About">What it happened to: the id of a mandate or credential, or a component as <c>EU-AEO/AEOC</c>.</param>
/// <param name="Subject">What happened, in English.</param>
/// <param name="Facts">More of it: codes, times and days as they are.</param>
/// <param name="At">When.</param>
/// <param name="IsNew">You have not marked it as seen.</param>
internal sealed record NoticeBody(string Id, string Kind, string About, string Subject, IReadOnlyList<NoticeFact> Facts, DateTimeOffset At, bool IsNew)
{
    internal static NoticeBody Of(Notice notice) =>
        new(notice.Id, notice.Kind, notice.About, NoticeWords.Subject(notice.Kind, CultureInfo.InvariantCulture), notice.Facts, notice.At, notice.IsNew);
}

/// <summary>A page of notices, newest first; the next one has this cursor, the last page none.</summary>
internal sealed record NoticePageBody(IReadOnlyList<NoticeBody> Items, string? NextCursor);

/// <summary>Marks notices as seen.</summary>
/// <param name="Until">Id of the newest one that was seen.</param>
internal sealed record NoticesSeenBody(string Until);
