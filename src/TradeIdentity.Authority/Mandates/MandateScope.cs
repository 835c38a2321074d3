using System.Collections.Immutable;

namespace TradeIdentity.Authority.Mandates;

/// <summary>What a representative may do for the principal. An empty list is no limit of its kind.</summary>
public sealed record MandateScope
{
    /// <summary>Kinds of <see cref="Verification.Credentials.DeclarationCodes"/>.</summary>
    public ImmutableSortedSet<string> Declarations { get; init; } = [];

    /// <summary>Customs procedures, of two digits (<c>40</c>) or, with the previous one, of four (<c>4071</c>).</summary>
    public ImmutableSortedSet<string> Procedures { get; init; } = [];

    /// <summary>UN/LOCODEs of the offices where it may be done.</summary>
    public ImmutableSortedSet<string> Places { get; init; } = [];

    /// <summary>Of one declaration; null: no limit.</summary>
    public ValueLimit? ValueLimit { get; init; }

    /// <summary>Whether all that <paramref name="part"/> allows is allowed by this: nobody passes on what they do not have.</summary>
    public bool Contains(MandateScope part) =>
        Contains(Declarations, part.Declarations, static (whole, code) => whole.Contains(code))
        && Contains(Procedures, part.Procedures, static (whole, code) => whole.Contains(code) || whole.Contains(code[..2]))
        && Contains(Places, part.Places, static (whole, code) => whole.Contains(code))
        && (ValueLimit is null || (part.ValueLimit is { } limit && limit.Currency == ValueLimit.Currency && limit.Amount <= ValueLimit.Amount));

    private static bool Contains(ImmutableSortedSet<string> whole, ImmutableSortedSet<string> part, Func<ImmutableSortedSet<string>, string, bool> has) =>
        whole.IsEmpty || (!part.IsEmpty && part.All(code => has(whole, code)));
}
