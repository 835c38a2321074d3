using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.IdentityModel.Tokens;

namespace TradeIdentity.Authority.OpenId;

/// <summary>The JSON that OpenID Connect entities keep in their columns, and what is read from configuration.</summary>
[JsonSourceGenerationOptions(PreferredObjectCreationHandling = JsonObjectCreationHandling.Populate, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(Dictionary<string, JsonElement>))]
[JsonSerializable(typeof(JsonWebKeySet))]
[JsonSerializable(typeof(ClientChange))]
internal sealed partial class OpenIdJson : JsonSerializerContext;
