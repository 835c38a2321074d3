using TradeIdentity.Authority.Companies.Extracts;
using TradeIdentity.Authority.Operators.Identifiers;

namespace TradeIdentity.Authority.Companies.Registrations;

/// <summary>A person's request to act for a legal entity, which an officer confirms or refuses.</summary>
public sealed record EntityRegistration
{
    public required string Id { get; init; }

    public required string AccountId { get; init; }

    /// <summary>As the person stated it: declared, whatever is well-formed in it.</summary>
    public required EntityDetails Entity { get; init; }

    /// <summary>What the person is for the entity, in their words.</summary>
    public required string Capacity { get; init; }

    /// <summary>Why the person may act for it, in their words.</summary>
    public required string Basis { get; init; }

    /// <summary>What a register said of it when it was submitted; null: none that is known here had its number.</summary>
    public RegisterExtract? Extract { get; init; }

    /// <summary>It was registered already when this was submitted, under this number: the person asks to be let in.</summary>
    public Tin? Joins { get; init; }

    /// <summary>Of <see cref="RegistrationState"/>.</summary>
    public required string State { get; init; }

    public required DateTimeOffset SubmittedAt { get; init; }

    public string? Question { get; init; }

    public DateTimeOffset? AskedAt { get; init; }

    public string? Answer { get; init; }

    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>The number under which the person acts for it since.</summary>
    public Tin? Tin { get; init; }

    /// <summary>What the officer saw; for officers.</summary>
    public string? Evidence { get; init; }

    /// <summary>Why it was refused.</summary>
    public string? Reason { get; init; }

    public string? SettledBy { get; init; }

    public DateTimeOffset? SettledAt { get; init; }
}
