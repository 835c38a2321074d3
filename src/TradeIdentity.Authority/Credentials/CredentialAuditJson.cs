using System.Text.Json.Serialization;

namespace TradeIdentity.Authority.Credentials;

/// <summary>Details of the audit entries about credentials.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(StatusChangeDetails))]
[JsonSerializable(typeof(IssueDetails))]
internal sealed partial class CredentialAuditJson : JsonSerializerContext;

internal sealed record StatusChangeDetails(string Tin, string From, string To, string Ground);

internal sealed record IssueDetails(string Tin, string Type, string Kid, int StatusList, int StatusIndex, string ExpiresAt);
