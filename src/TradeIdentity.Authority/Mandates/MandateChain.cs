using System.Collections.Immutable;

namespace TradeIdentity.Authority.Mandates;

/// <summary>A mandate with all that it hangs from, the principal's link first. It is good only if every link is.</summary>
public sealed record MandateChain
{
    internal MandateChain(ImmutableArray<Mandate> links) => Links = links;

    /// <summary>1 to <see cref="Mandate.MaxLinks"/>.</summary>
    public ImmutableArray<Mandate> Links { get; }

    public Mandate Last => Links[^1];

    /// <summary>As an act on its last link left it.</summary>
    internal MandateChain WithLast(Mandate last) => new([.. Links[..^1], last]);

    /// <summary>Until when it holds if nobody ends a link.</summary>
    public DateTimeOffset ValidUntil => Links.Min(link => link.ValidUntil);

    /// <summary>Null where it holds.</summary>
    public MandateFault? FaultAt(DateTimeOffset at) =>
        Last.FaultAt(at) ?? (Links[..^1].Any(link => link.FaultAt(at) is not null) ? MandateFault.Broken : null);
}
