using System.Text.Json;
using System.Text.Json.Serialization;
using TradeIdentity.Authority.Audit;

namespace TradeIdentity.Authority.Mandates;

/// <summary>What happened to a mandate, for the audit trail: parties by TIN or account id, and nothing of a person.</summary>
internal sealed record MandateAudit(
    string Principal, string Grantor, string Representative, string Kind, string? Parent, DateTimeOffset ValidFrom, DateTimeOffset ValidUntil, string? Evidence, string? Ground)
{
    internal static AuditRecord Of(string act, Mandate mandate, MandateActor actor, string? ground = null) => new(
        actor.Name,
        act,
        $"mandate:{mandate.Id}",
        JsonSerializer.Serialize(
            new MandateAudit(
                mandate.Principal.Value,
                mandate.Grantor.Value,
                mandate.Representative switch
                {
                    MandateRepresentative.OfOperator entity => entity.Tin.Value,
                    MandateRepresentative.OfPerson person => $"account:{person.AccountId}",
                    _ => throw new InvalidOperationException("A representative is an operator or a person."),
                },
                mandate.Kind.ToCode(),
                mandate.ParentId,
                mandate.ValidFrom,
                mandate.ValidUntil,
                mandate.Evidence,
                ground),
            MandateAuditJson.Default.MandateAudit));
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = [typeof(UtcTimeJson)])]
[JsonSerializable(typeof(MandateAudit))]
internal sealed partial class MandateAuditJson : JsonSerializerContext;
