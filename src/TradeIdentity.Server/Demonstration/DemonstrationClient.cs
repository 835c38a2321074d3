using TradeIdentity.Authority.OpenId;
using TradeIdentity.Server.OpenId;

namespace TradeIdentity.Server.Demonstration;

/// <summary>The API client of a demonstration: its secret is made at the first start, in a file that its owner alone reads.</summary>
internal static class DemonstrationClient
{
    internal const string ClientId = "demonstration";
    internal const string SecretFile = "data/demonstration-client.secret";

    /// <summary>The configuration of the client, with the secret of the file; the file is made where it is missing.</summary>
    internal static IReadOnlyDictionary<string, string?> Configuration(string contentRoot) => new Dictionary<string, string?>
    {
        ["Bootstrap:Clients:demonstration:ClientId"] = ClientId,
        ["Bootstrap:Clients:demonstration:ClientSecret"] = Secret(Path.GetFullPath(SecretFile, contentRoot)),
        ["Bootstrap:Clients:demonstration:Scopes"] = string.Join(' ', ApiScopes.All),
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
