using System.Collections.Immutable;
using TradeIdentity.Authority.Operators.Identifiers;

namespace TradeIdentity.Authority.Accounts.Sessions;

/// <summary>One signed-in browser of an account. <see cref="AuthTime"/>, <see cref="Amr"/> and <see cref="Acr"/> are of the last proof in it.</summary>
public sealed record Session
{
    /// <summary>32 lower-case hexadecimal digits, new at each sign-in: the <c>sid</c> of tokens.</summary>
    public required string Sid { get; init; }

    public required string AccountId { get; init; }

    /// <summary>Grows with each step-up; a cookie of an earlier generation is void.</summary>
    public required long Generation { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Exact to a minute.</summary>
    public required DateTimeOffset LastSeenAt { get; init; }

    public required DateTimeOffset AuthTime { get; init; }

    public required ImmutableArray<string> Amr { get; init; }

    public required string Acr { get; init; }

    /// <summary>The operator that the person chose to act for in this session.</summary>
    public required Tin? ActingFor { get; init; }

    /// <summary>Shortened to what tells one's own devices apart.</summary>
    public required string UserAgent { get; init; }

    /// <summary>The account is an officer's and this sign-in has one factor: nothing but proving or enrolling a second is open to it.</summary>
    public required bool SecondFactorRequired { get; init; }
}
