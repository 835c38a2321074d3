using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Verification.Credentials;
using TradeIdentity.Verification.Trust;

namespace TradeIdentity.Authority.Mandates;

/// <summary>A mandate as its table has it.</summary>
internal sealed record MandateRow
{
    public const string Columns =
        """
        m.id AS Id, m.parent_id AS ParentId,
        m.parents_parent_id AS ParentsParentId, m.first_of_four_id AS FirstOfFourId, m.level AS Level, m.principal_tin AS PrincipalTin, m.grantor_tin AS GrantorTin,
        m.representative_tin AS RepresentativeTin, m.representative_account AS RepresentativeAccount, m.kind AS Kind,
        m.declarations AS Declarations, m.procedures AS Procedures, m.places AS Places, m.value_limit AS ValueLimit, m.currency AS Currency,
        m.further_levels AS FurtherLevels, m.valid_from AS ValidFrom, m.valid_until AS ValidUntil, m.evidence AS Evidence, m.state AS State,
        m.granted_at AS GrantedAt, m.answered_at AS AnsweredAt, m.ended_at AS EndedAt, m.end_ground AS EndGround,
        m.status_list AS StatusList, m.status_index AS StatusIndex, m.status AS Status
        """;

    public required string Id { get; init; }

    public string? ParentId { get; init; }

    public string? ParentsParentId { get; init; }

    public string? FirstOfFourId { get; init; }

    /// <summary>Of a query of chains: the last link of the one that this belongs to.</summary>
    public string? Last { get; init; }

    public long Level { get; init; }

    public required string PrincipalTin { get; init; }

    public required string GrantorTin { get; init; }

    public string? RepresentativeTin { get; init; }

    public string? RepresentativeAccount { get; init; }

    public long Kind { get; init; }

    public required string Declarations { get; init; }

    public required string Procedures { get; init; }

    public required string Places { get; init; }

    public long? ValueLimit { get; init; }

    public string? Currency { get; init; }

    public long FurtherLevels { get; init; }

    public long ValidFrom { get; init; }

    public long ValidUntil { get; init; }

    public string? Evidence { get; init; }

    public long State { get; init; }

    /// <summary>Of a new one; no query reads it.</summary>
    public string? GrantedBy { get; init; }

    public long GrantedAt { get; init; }

    public long? AnsweredAt { get; init; }

    public long? EndedAt { get; init; }

    public string? EndGround { get; init; }

    public long? StatusList { get; init; }

    public long? StatusIndex { get; init; }

    public long Status { get; init; }

    /// <param name="mandate">A new one.</param>
    /// <param name="above">What it hangs from, the first link of the chain first.</param>
    /// <param name="grantedBy">Who acts, by the name of the audit trail.</param>
    public static MandateRow Of(Mandate mandate, IReadOnlyList<Mandate> above, string grantedBy) => new()
    {
        Id = mandate.Id,
        ParentId = mandate.ParentId,
        ParentsParentId = above.Count > 1 ? above[^2].Id : null,
        FirstOfFourId = above.Count > 2 ? above[^3].Id : null,
        Level = mandate.Level,
        PrincipalTin = mandate.Principal.Value,
        GrantorTin = mandate.Grantor.Value,
        RepresentativeTin = (mandate.Representative as MandateRepresentative.OfOperator)?.Tin.Value,
        RepresentativeAccount = (mandate.Representative as MandateRepresentative.OfPerson)?.AccountId,
        Kind = (long)mandate.Kind,
        Declarations = string.Join(' ', mandate.Scope.Declarations),
        Procedures = string.Join(' ', mandate.Scope.Procedures),
        Places = string.Join(' ', mandate.Scope.Places),
        ValueLimit = mandate.Scope.ValueLimit?.Amount,
        Currency = mandate.Scope.ValueLimit?.Currency,
        FurtherLevels = mandate.FurtherLevels,
        ValidFrom = mandate.ValidFrom.ToUnixTimeSeconds(),
        ValidUntil = mandate.ValidUntil.ToUnixTimeSeconds(),
        Evidence = mandate.Evidence,
        State = (long)mandate.State,
        GrantedBy = grantedBy,
        GrantedAt = mandate.GrantedAt.ToUnixTimeSeconds(),
    };

    public Mandate ToMandate() => new()
    {
        Id = Id,
        ParentId = ParentId,
        Level = (int)Level,
        Principal = Tin.Parse(PrincipalTin),
        Grantor = Tin.Parse(GrantorTin),
        Representative = RepresentativeTin is { } tin ? new MandateRepresentative.OfOperator(Tin.Parse(tin)) : new MandateRepresentative.OfPerson(RepresentativeAccount!),
        Kind = (MandateKind)Kind,
        Scope = new MandateScope
        {
            Declarations = Words(Declarations),
            Procedures = Words(Procedures),
            Places = Words(Places),
            ValueLimit = ValueLimit is { } amount && Mandates.ValueLimit.TryCreate(amount, Currency!, out var limit) ? limit : null,
        },
        FurtherLevels = (int)FurtherLevels,
        ValidFrom = DateTimeOffset.FromUnixTimeSeconds(ValidFrom),
        ValidUntil = DateTimeOffset.FromUnixTimeSeconds(ValidUntil),
        Evidence = Evidence,
        State = (MandateState)State,
        GrantedAt = DateTimeOffset.FromUnixTimeSeconds(GrantedAt),
        AnsweredAt = Time(AnsweredAt),
        EndedAt = Time(EndedAt),
        EndGround = EndGround,
        StatusReference = StatusList is { } list ? new StatusReference((int)list, (int)StatusIndex!) : null,
        Status = (StatusValue)Status,
    };

    private static DateTimeOffset? Time(long? seconds) => seconds is { } at ? DateTimeOffset.FromUnixTimeSeconds(at) : null;

    private static System.Collections.Immutable.ImmutableSortedSet<string> Words(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
}
