using System.Text.Json;
using System.Text.Json.Serialization;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Operators.Identifiers;

namespace TradeIdentity.Authority.Companies.Representatives;

/// <summary>What the audit trail keeps of who acts for an operator: ids and codes, nothing of a person.</summary>
internal sealed record RepresentativeAudit(
    string? Invitation, string? Account, IReadOnlyCollection<string>? Roles, IReadOnlyCollection<string>? Powers, bool? IsJoint, DateTimeOffset? Until)
{
    internal static AuditRecord Of(string act, Tin tin, string actor, string? invitation, string? account, MemberRights? rights) => new(
        actor,
        act,
        $"operator:{tin}",
        JsonSerializer.Serialize(
            new RepresentativeAudit(invitation, account, rights?.Roles, rights?.Powers, rights?.IsJoint, rights?.EndsAt), RepresentativeAuditJson.Default.RepresentativeAudit));
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = [typeof(UtcTimeJson)])]
[JsonSerializable(typeof(RepresentativeAudit))]
internal sealed partial class RepresentativeAuditJson : JsonSerializerContext;
