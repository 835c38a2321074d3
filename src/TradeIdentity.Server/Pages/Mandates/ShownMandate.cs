using System.Globalization;
using TradeIdentity.Authority.Languages;
using TradeIdentity.Authority.Mandates;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.Mandates;

/// <summary>A mandate as its parties read it.</summary>
public sealed record ShownMandate
{
    /// <summary>In place of a person whose account is gone.</summary>
    internal const string Nobody = "–";

    public required string Id { get; init; }

    /// <summary>The other party: who represents, or who granted.</summary>
    public required string Other { get; init; }

    public required string Principal { get; init; }

    public required string Kind { get; init; }

    public required string From { get; init; }

    public required string Until { get; init; }

    /// <summary>Whether it is good now, with all that it hangs from.</summary>
    public required bool Holds { get; init; }

    /// <summary>In words: that it holds, or why not.</summary>
    public required string Standing { get; init; }

    internal static ShownMandate Of(MandateChain chain, bool isGranted, MandateNames names, Wording words, DateTimeOffset now) => new()
    {
        Id = chain.Last.Id,
        Other = isGranted ? names.Of(chain.Last.Representative) ?? Nobody : names.Of(chain.Last.Grantor),
        Principal = names.Of(chain.Last.Principal),
        Kind = words[$"Mandates.kind.{chain.Last.Kind.ToCode()}"],
        From = Day(chain.Last.ValidFrom),
        Until = LastDay(chain.ValidUntil),
        Holds = chain.FaultAt(now) is null,
        Standing = StandingOf(chain.FaultAt(now), chain.Last, words),
    };

    internal static string StandingOf(MandateFault? fault, Mandate mandate, Wording words) =>
        words[fault is null ? "Mandates.holds" : fault == MandateFault.Ended ? $"Mandates.state.{mandate.State.ToCode()}" : $"Mandates.fault.{fault.Value.ToCode()}"];

    /// <summary>The day that is the last: a mandate no longer holds at its end.</summary>
    internal static string LastDay(DateTimeOffset end) => Day(end.AddSeconds(-1));

    internal static string Day(DateTimeOffset at) => WrittenDay.Of(at, CultureInfo.CurrentCulture);

    /// <summary>What a mandate is limited to, a line each; none: it has no limits.</summary>
    internal static IEnumerable<string> LimitsOf(MandateScope scope, Wording words)
    {
        if (!scope.Declarations.IsEmpty)
        {
            yield return words["Mandates.LimitDeclarations", words.List(scope.Declarations.Select(kind => words[$"Mandates.declaration.{kind}"]))];
        }

        if (!scope.Procedures.IsEmpty)
        {
            yield return words["Mandates.LimitProcedures", words.List(scope.Procedures)];
        }

        if (!scope.Places.IsEmpty)
        {
            yield return words["Mandates.LimitPlaces", words.List(scope.Places)];
        }

        if (scope.ValueLimit is { } limit)
        {
            yield return words["Mandates.LimitValue", limit.Amount, limit.Currency];
        }
    }
}
