using TradeIdentity.Authority.OpenId;
using TradeIdentity.Server.OpenId;

namespace TradeIdentity.Server.Demonstration;

/// <summary>The clients of a demonstration. The secret of the one of the API is made at the first start, in a file that its owner alone reads.</summary>
internal static class DemonstrationClient
{
    internal const string ClientId = "demonstration";

    /// <summary>A relying party where people sign in: public, with PKCE, on the loopback address of its user.</summary>
    internal const string AppId = "demonstration-app";

    internal const string SecretFile = "data/demonstration-client.secret";

    /// <summary>The configuration of the client, with the secret of the file; the file is made where it is missing.</summary>
    internal static IReadOnlyDictionary<string, string?> Configuration(string contentRoot) => new Dictionary<string, string?>
    {
        ["Bootstrap:Clients:demonstration:ClientId"] = ClientId,
        ["Bootstrap:Clients:demonstration:ClientSecret"] = Secret(Path.GetFullPath(SecretFile, contentRoot)),
        ["Bootstrap:Clients:demonstration:Scopes"] = string.Join(' ', ApiScopes.All),
        ["Bootstrap:Clients:demonstration-app:ClientId"] = AppId,
        ["Bootstrap:Clients:demonstration-app:ClientName"] = "Demonstration application",
        ["Bootstrap:Clients:demonstration-app:TokenEndpointAuthMethod"] = ClientAuthentication.None,
        // RFC 8252 §7.3: of loopback addresses the port may be any.
        ["Bootstrap:Clients:demonstration-app:RedirectUris"] = "http://127.0.0.1/callback http://localhost/callback",
        ["Bootstrap:Clients:demonstration-app:PostLogoutRedirectUris"] = "http://127.0.0.1/ http://localhost/",
        ["Bootstrap:Clients:demonstration-app:Scopes"] = string.Join(' ', IdentityScopes.All),
    };

    private static string Secret(string file)
    {
        if (File.Exists(file))
        {
            return File.ReadAllText(file).Trim();
        }

        var secret = ClientSecrets.Generate();
        OwnersFile.Write(file, secret);
        return secret;
    }
}
