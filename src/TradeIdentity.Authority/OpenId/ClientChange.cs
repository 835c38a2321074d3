using System.Text.Json.Serialization;

namespace TradeIdentity.Authority.OpenId;

/// <summary>What the audit trail keeps of a change to a client: its rights, never its secret or keys.</summary>
internal sealed record ClientChange(
    [property: JsonPropertyName("permissions")] string[] Permissions,
    [property: JsonPropertyName("secretChanged")] bool SecretChanged,
    [property: JsonPropertyName("keysChanged")] bool KeysChanged);
