using System.Collections.Immutable;
using System.Globalization;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Verification.Trust;

namespace TradeIdentity.Authority.Successions;

/// <summary>A proposal as its table has it.</summary>
internal sealed class SuccessionRow
{
    public const string Select =
        """
        SELECT id AS Id, kind AS Kind, predecessors AS Predecessors, successors AS Successors, effective_on AS EffectiveOn, legal_ground AS LegalGround,
            proposed_by AS ProposedBy, proposed_at AS ProposedAt, state AS State, settled_by AS SettledBy, settled_at AS SettledAt, reason AS Reason
        FROM successions

        """;

    public const string Insert =
        """
        INSERT INTO successions (id, kind, predecessors, successors, effective_on, legal_ground, proposed_by, proposed_at, state)
        VALUES (@Id, @Kind, @Predecessors, @Successors, @EffectiveOn, @LegalGround, @ProposedBy, @ProposedAt, @State)
        """;

    public required string Id { get; init; }

    public required long Kind { get; init; }

    public required string Predecessors { get; init; }

    public required string Successors { get; init; }

    public required string EffectiveOn { get; init; }

    public required string LegalGround { get; init; }

    public required string ProposedBy { get; init; }

    public required long ProposedAt { get; init; }

    public required string State { get; init; }

    public string? SettledBy { get; init; }

    public long? SettledAt { get; init; }

    public string? Reason { get; init; }

    public static SuccessionRow Of(SuccessionProposal proposal) => new()
    {
        Id = proposal.Id,
        Kind = (long)proposal.Kind,
        Predecessors = TextSet.Of(proposal.Predecessors.Select(tin => tin.Value)),
        Successors = TextSet.Of(proposal.Successors.Select(tin => tin.Value)),
        EffectiveOn = proposal.EffectiveOn.ToString("O", CultureInfo.InvariantCulture),
        LegalGround = proposal.LegalGround,
        ProposedBy = proposal.ProposedBy,
        ProposedAt = proposal.ProposedAt.ToUnixTimeSeconds(),
        State = proposal.State,
    };

    public SuccessionProposal ToProposal() => new()
    {
        Id = Id,
        Kind = (SuccessionKind)Kind,
        Predecessors = Tins(Predecessors),
        Successors = Tins(Successors),
        EffectiveOn = DateOnly.ParseExact(EffectiveOn, "O", CultureInfo.InvariantCulture),
        LegalGround = LegalGround,
        ProposedBy = ProposedBy,
        ProposedAt = DateTimeOffset.FromUnixTimeSeconds(ProposedAt),
        State = State,
        SettledBy = SettledBy,
        SettledAt = SettledAt is { } at ? DateTimeOffset.FromUnixTimeSeconds(at) : null,
        Reason = Reason,
    };

    internal static ImmutableArray<Tin> Tins(string json) => [.. TextSet.Read(json).Select(tin => Tin.Parse(tin))];
}
