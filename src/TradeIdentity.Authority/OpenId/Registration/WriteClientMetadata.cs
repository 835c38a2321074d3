using System.Globalization;
using System.Text.Json.Nodes;
using static TradeIdentity.Authority.OpenId.ClientMetadataNames;

namespace TradeIdentity.Authority.OpenId.Registration;

/// <summary>A registered client's metadata as JSON (RFC 7591 §3.2.1): all that is registered, with the values that were chosen for it.</summary>
internal static class WriteClientMetadata
{
    public static JsonObject Execute(OpenIdApplication application)
    {
        var metadata = ClientMetadata.Of(application);
        var json = new JsonObject
        {
            ["client_id"] = application.ClientId,
            [ApplicationType] = application.ApplicationType,
            [GrantTypes] = List(metadata.GrantTypes),
            [ResponseTypes] = List(metadata.ResponseTypes),
            [TokenEndpointAuthMethod] = metadata.TokenEndpointAuthMethod,
        };
        AddList(json, RedirectUris, metadata.RedirectUris);
        AddList(json, PostLogoutRedirectUris, metadata.PostLogoutRedirectUris);
        if (string.Join(' ', metadata.Scopes) is { Length: > 0 } scope)
        {
            json[Scope] = scope;
        }

        if (application.DisplayName is { } name)
        {
            json[ClientName] = name;
        }

        foreach (var (language, translated) in application.DisplayNames)
        {
            json[$"{ClientName}#{language.Name}"] = translated;
        }

        if (application.JsonWebKeySet is { } keys)
        {
            json[Jwks] = Keys(keys);
        }

        if (metadata.RequirePushedAuthorizationRequests)
        {
            json[RequirePushedAuthorizationRequests] = true;
        }

        AddKept(json, application);
        return json;
    }

    private static void AddKept(JsonObject json, OpenIdApplication application)
    {
        foreach (var (name, value) in application.Settings.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            if (name == ClientIdIssuedAt)
            {
                json[name] = long.Parse(value, CultureInfo.InvariantCulture);
            }
            else if (Kinds.TryGetValue(Bare(name), out var kind))
            {
                json[name] = kind switch
                {
                    ClientMetadataKind.Flag => value == "true",
                    ClientMetadataKind.Seconds => long.Parse(value, CultureInfo.InvariantCulture),
                    _ => value,
                };
            }
        }

        foreach (var (name, value) in application.Properties.Where(entry => Kinds.ContainsKey(entry.Key)).OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            json[name] = JsonNode.Parse(value.GetRawText());
        }
    }

    // As they are kept, keys have empty lists of what they do not say.
    private static JsonObject Keys(string kept)
    {
        var keys = JsonNode.Parse(kept)!["keys"]!.AsArray().Select(key => (JsonNode?)new JsonObject(
            key!.AsObject().Where(member => member.Value is not JsonArray { Count: 0 }).Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone()))));
        return new JsonObject { ["keys"] = new JsonArray([.. keys]) };
    }

    private static void AddList(JsonObject json, string name, IReadOnlyList<string> values)
    {
        if (values.Count > 0)
        {
            json[name] = List(values);
        }
    }

    private static JsonArray List(IEnumerable<string> values) => [.. values.Select(value => (JsonNode?)value)];
}
