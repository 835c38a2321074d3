namespace TradeIdentity.Cli.Verifier;

/// <summary>How long ago a time was, as an officer would say it.</summary>
internal static class Age
{
    internal static string InWords(TimeSpan age) => age switch
    {
        { TotalMinutes: < 2 } => "just now",
        { TotalHours: < 2 } => FormattableString.Invariant($"{age.TotalMinutes:0} minutes ago"),
        { TotalDays: < 2 } => FormattableString.Invariant($"{age.TotalHours:0} hours ago"),
        _ => FormattableString.Invariant($"{age.TotalDays:0} days ago"),
    };
}
