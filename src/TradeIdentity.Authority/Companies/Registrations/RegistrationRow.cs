using System.Text.Json;
using TradeIdentity.Authority.Companies.Extracts;

namespace TradeIdentity.Authority.Companies.Registrations;

/// <summary>A registration as its table has it.</summary>
internal sealed record RegistrationRow
{
    public const string Select =
        """
        SELECT id AS Id, account_id AS AccountId, details AS Details, capacity AS Capacity, basis AS Basis, extract AS Extract, extract_source AS ExtractSource,
            joins AS Joins, state AS State, submitted_at AS SubmittedAt, question AS Question, asked_at AS AskedAt, answer AS Answer, answered_at AS AnsweredAt,
            tin AS Tin, evidence AS Evidence, reason AS Reason, settled_by AS SettledBy, settled_at AS SettledAt
        FROM entity_registrations

        """;

    public required string Id { get; init; }

    public required string AccountId { get; init; }

    public required string Details { get; init; }

    public required string Capacity { get; init; }

    public required string Basis { get; init; }

    public string? Extract { get; init; }

    public string? ExtractSource { get; init; }

    public string? Joins { get; init; }

    public required string State { get; init; }

    public long SubmittedAt { get; init; }

    public string? Question { get; init; }

    public long? AskedAt { get; init; }

    public string? Answer { get; init; }

    public long? AnsweredAt { get; init; }

    public string? Tin { get; init; }

    public string? Evidence { get; init; }

    public string? Reason { get; init; }

    public string? SettledBy { get; init; }

    public long? SettledAt { get; init; }

    public EntityRegistration ToRegistration() => new()
    {
        Id = Id,
        AccountId = AccountId,
        Entity = DeclaredEntity.Restore(Details),
        Capacity = Capacity,
        Basis = Basis,
        Extract = Extract is null ? null : ExtractOf(Extract, ExtractSource!),
        Joins = Joins is null ? null : Operators.Identifiers.Tin.Parse(Joins),
        State = State,
        SubmittedAt = DateTimeOffset.FromUnixTimeSeconds(SubmittedAt),
        Question = Question,
        AskedAt = Time(AskedAt),
        Answer = Answer,
        AnsweredAt = Time(AnsweredAt),
        Tin = Tin is null ? null : Operators.Identifiers.Tin.Parse(Tin),
        Evidence = Evidence,
        Reason = Reason,
        SettledBy = SettledBy,
        SettledAt = Time(SettledAt),
    };

    private static RegisterExtract ExtractOf(string document, string source)
    {
        var stored = JsonSerializer.Deserialize(document, ExtractJson.Default.StoredExtract)!;
        return new RegisterExtract(stored.Entity, stored.Status, source, null);
    }

    private static DateTimeOffset? Time(long? seconds) => seconds is { } at ? DateTimeOffset.FromUnixTimeSeconds(at) : null;
}
