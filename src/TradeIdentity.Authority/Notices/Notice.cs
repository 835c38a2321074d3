namespace TradeIdentity.Authority.Notices;

/// <summary>What an operator, or a person, is told of an act.</summary>
/// <param name="Id">Ids ascend with time.</param>
/// <param name="Kind">What happened, e.g. <c>mandate-accepted</c> or <c>aeo-suspend</c>; <see cref="NoticeWords"/> has its words.</param>
/// <param name="About">What it happened to: the id of a mandate or credential, or an AEO component as <c>EU-AEO/AEOC</c>.</param>
/// <param name="Facts">More of it, in the order of telling.</param>
/// <param name="At">When the act was recorded.</param>
/// <param name="IsNew">The person who asks has not marked it as seen.</param>
public sealed record Notice(string Id, string Kind, string About, IReadOnlyList<NoticeFact> Facts, DateTimeOffset At, bool IsNew);

/// <summary>One fact of a notice, free of language.</summary>
/// <param name="Name">What it is, e.g. <c>principal</c>; <see cref="NoticeWords"/> has its words.</param>
/// <param name="Value">A text, a code, or a time or day of UTC in ISO 8601.</param>
public sealed record NoticeFact(string Name, string Value);
