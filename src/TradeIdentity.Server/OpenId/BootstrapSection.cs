using Microsoft.Extensions.Options;
using TradeIdentity.Authority.OpenId;

namespace TradeIdentity.Server.OpenId;

/// <summary>Reads <c>Bootstrap:Clients:N:{ClientId,ClientSecret,Scopes,JsonWebKeySet}</c>; Scopes is a list or one text with spaces.</summary>
internal static class BootstrapSection
{
    private static readonly string[] Keys = ["ClientId", "ClientSecret", "Scopes", "JsonWebKeySet"];

    public static IReadOnlyList<ClientRegistration> Read(IConfiguration configuration)
    {
        var clients = configuration.GetSection("Bootstrap:Clients").GetChildren().Select(ReadClient).ToList();
        return clients.GroupBy(client => client.ClientId, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? throw Wrong($"Bootstrap:Clients has '{twice.Key}' twice.")
            : clients;
    }

    private static ClientRegistration ReadClient(IConfigurationSection section)
    {
        if (section.GetChildren().FirstOrDefault(child => !Keys.Contains(child.Key, StringComparer.OrdinalIgnoreCase)) is { } unknown)
        {
            throw Wrong($"{unknown.Path} is not a known key.");
        }

        var outcome = ClientRegistration.Create(section["ClientId"], section["ClientSecret"], section["JsonWebKeySet"], Scopes(section.GetSection("Scopes")));
        return outcome.TryGet(out var registration, out var refusal) ? registration : throw Wrong($"{section.Path}: {refusal.Detail}");
    }

    private static List<string> Scopes(IConfigurationSection section)
    {
        var scopes = (section.Value is { } text ? text.Split(' ', StringSplitOptions.RemoveEmptyEntries) : section.GetChildren().Select(child => child.Value ?? "")).ToList();
        return scopes.FirstOrDefault(scope => !ApiScopes.All.Contains(scope)) is { } unknown
            ? throw Wrong($"{section.Path} has '{unknown}'; the scopes are {string.Join(' ', ApiScopes.All)}.")
            : scopes;
    }

    private static OptionsValidationException Wrong(string failure) => new("Bootstrap:Clients", typeof(BootstrappedClients), [failure]);
}
