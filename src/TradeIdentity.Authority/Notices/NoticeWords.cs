using System.Globalization;
using System.Resources;
using TradeIdentity.Authority.Languages;

namespace TradeIdentity.Authority.Notices;

/// <summary>The words of notices, for pages and mails, from <c>NoticeWords.resx</c> and its languages.</summary>
public static class NoticeWords
{
    private static readonly ResourceManager Words = new($"TradeIdentity.Authority.Notices.{nameof(NoticeWords)}", typeof(NoticeWords).Assembly);

    /// <summary>What happened, in a few words.</summary>
    public static string Subject(string kind, CultureInfo culture) => Word($"{kind}.subject", culture);

    /// <summary>What it means for who is told.</summary>
    public static string Meaning(string kind, CultureInfo culture) => Word($"{kind}.meaning", culture);

    /// <summary>What a fact is.</summary>
    public static string Name(NoticeFact fact, CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(fact);
        return Word($"fact.{fact.Name}", culture);
    }

    /// <summary>A fact as people read it.</summary>
    public static string Value(NoticeFact fact, CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(fact);
        return fact.Name switch
        {
            "checker" or "joint" or "representation" or "representative-person" or "suspension" or "type" => Word($"{fact.Name}.{fact.Value}", culture),
            _ when DateTimeOffset.TryParseExact(fact.Value, "yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) => WrittenDay.WithTime(time, culture),
            _ when DateOnly.TryParseExact(fact.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) => WrittenDay.Of(day, culture),
            _ => fact.Value,
        };
    }

    internal static string Write(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    internal static string Write(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Word(string key, CultureInfo culture) =>
        Words.GetString(key, culture) ?? throw new MissingManifestResourceException($"No words for {key}.");
}
