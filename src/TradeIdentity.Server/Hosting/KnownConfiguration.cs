using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.Options;

namespace TradeIdentity.Server.Hosting;

/// <summary>Finds the sections and keys that nobody would read: a slip of the pen must not go unnoticed until it matters.</summary>
internal static class KnownConfiguration
{
    // The last line is the platform's.
    private static readonly string[] Sections =
    [
        "Issuer", "Storage", "Keys", "Trust", "Accounts", "Mail", "Bootstrap", "ClientAttestation", "Registration", "RateLimits", "Retention", "MutualTls", "Server",
        "Logging", "AllowedHosts", "Kestrel", "Urls", "$schema",
    ];

    private static readonly Dictionary<string, string[]> KeysOf = new()
    {
        ["Bootstrap"] = ["Clients", "Users"],
        ["ClientAttestation"] = ["Attesters"],
        ["Registration"] = ["SoftwarePublishers"],
        ["MutualTls"] = ["BaseUrl", "Port", "ForwardedByProxies", "ClientCertificateAuthorities"],
        ["Server"] = ["TrustedProxies"],
    };

    /// <exception cref="OptionsValidationException">A section of a file, or a key, is not known; the message names it.</exception>
    internal static void Check(IConfigurationRoot configuration)
    {
        // Files only: the environment holds what is not ours.
        var inFiles = configuration.Providers.OfType<JsonConfigurationProvider>().SelectMany(file => file.GetChildKeys([], null));
        RefuseUnknown(inFiles, Sections, "");
        foreach (var (section, keys) in KeysOf)
        {
            RefuseUnknown(configuration.GetSection(section).GetChildren().Select(child => child.Key), keys, section + ":");
        }
    }

    private static void RefuseUnknown(IEnumerable<string> keys, string[] known, string prefix)
    {
        if (keys.FirstOrDefault(key => !known.Contains(key, StringComparer.OrdinalIgnoreCase)) is { } unknown)
        {
            throw new OptionsValidationException(
                "Configuration", typeof(KnownConfiguration), [$"{prefix}{unknown} is not a known key; appsettings.example.json lists them all."]);
        }
    }
}
