using System.Text.Json.Serialization;

namespace TradeIdentity.Server.OpenId.Attestation;

/// <summary>The answer of the challenge endpoint (draft 10 §6.1).</summary>
internal sealed record AttestationChallenge([property: JsonPropertyName("attestation_challenge")] string Value);

[JsonSerializable(typeof(AttestationChallenge))]
internal sealed partial class AttestationJson : JsonSerializerContext;
