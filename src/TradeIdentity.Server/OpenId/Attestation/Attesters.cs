using Microsoft.Extensions.Options;
using TradeIdentity.Authority.OpenId.Registration;

namespace TradeIdentity.Server.OpenId.Attestation;

/// <summary>Those of the configuration, <c>ClientAttestation:Attesters</c>. Without one there is no such authentication, and nothing says there were.</summary>
internal sealed class Attesters
{
    private Attesters(IReadOnlyList<ClientAttester> all) => All = all;

    public IReadOnlyList<ClientAttester> All { get; }

    /// <exception cref="OptionsValidationException">A key of the section is wrong; the message names it.</exception>
    internal static Attesters Read(IConfiguration configuration) =>
        new([.. configuration.GetSection("ClientAttestation:Attesters").GetChildren().Select(Read)]);

    private static ClientAttester Read(IConfigurationSection section)
    {
        if (section.GetChildren().FirstOrDefault(child => child.Key is not ("Issuer" or "JsonWebKeySet" or "Clients")) is { } unknown)
        {
            throw Wrong($"{unknown.Path} is not a known key.");
        }

        string[] clients = [.. section.GetSection("Clients").GetChildren().Select(client => client.Value ?? "")];
        if (clients.Contains("") || section["Clients"] is not null)
        {
            throw Wrong($"{section.Path}:Clients must be a list of client ids.");
        }

        return ClientAttester.Create(section["Issuer"], section["JsonWebKeySet"], clients).TryGet(out var attester, out var refusal)
            ? attester
            : throw Wrong($"{section.Path}: {refusal.Detail}");
    }

    private static OptionsValidationException Wrong(string failure) => new("ClientAttestation", typeof(ClientAttester), [failure]);
}
