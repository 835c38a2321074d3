using System.Collections.Immutable;
using System.Security.Claims;
using System.Text.Json;
using OpenIddict.Abstractions;
using static Microsoft.IdentityModel.JsonWebTokens.JsonClaimValueTypes;

namespace TradeIdentity.Server.OpenId.Persons;

/// <summary>A claim with a JSON value. The engine writes an array of one as its element; what a standard calls an array stays one here.</summary>
internal static class JsonClaim
{
    internal static Claim Of(string type, JsonElement value, ImmutableArray<string> destinations)
    {
        var claim = new Claim(
            type,
            value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText(),
            value.ValueKind switch
            {
                JsonValueKind.Array => JsonArray,
                JsonValueKind.Object => Json,
                JsonValueKind.True or JsonValueKind.False => ClaimValueTypes.Boolean,
                _ => ClaimValueTypes.String,
            });
        claim.SetDestinations(destinations);
        return claim;
    }

    /// <summary>Makes arrays again of claims that a code or a refresh token kept one by one.</summary>
    internal static void RestoreArrays(ClaimsPrincipal principal, params IEnumerable<string> types)
    {
        var identity = (ClaimsIdentity)principal.Identity!;
        foreach (var type in types)
        {
            var kept = identity.FindAll(type).Where(claim => claim.ValueType != JsonArray).ToList();
            if (kept.Count > 0)
            {
                var elements = kept.Select(claim => claim.ValueType == Json ? claim.Value : JsonSerializer.Serialize(claim.Value, Authorization.AuthorizationJson.Default.String));
                var destinations = kept[0].GetDestinations();
                kept.ForEach(identity.RemoveClaim);
                using var array = JsonDocument.Parse($"[{string.Join(',', elements)}]");
                identity.AddClaim(Of(type, array.RootElement, destinations));
            }
        }
    }

    internal static Claim Of(string type, IEnumerable<string> values, ImmutableArray<string> destinations) =>
        Of(type, JsonSerializer.SerializeToElement([.. values], Authorization.AuthorizationJson.Default.StringArray), destinations);
}
