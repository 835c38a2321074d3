using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using TradeIdentity.Authority.OpenId;
using TradeIdentity.Authority.OpenId.Registration;
using TradeIdentity.Server.Hosting.Certificates;

namespace TradeIdentity.Server.OpenId.Registration;

/// <summary>What a client that registers itself can be: what the engine was set up to do, and nothing that needs an administrator's word.</summary>
internal sealed class OfferedTerms(IOptionsMonitor<OpenIddictServerOptions> engine, IHostEnvironment environment, MutualTlsSettings mutualTls)
{
    public ClientTerms Current
    {
        get
        {
            var options = engine.CurrentValue;
            return new ClientTerms
            {
                // RFC 8693: acting for others is permitted in the configuration, client by client.
                GrantTypes = options.GrantTypes.Where(grant => grant != OpenIddictConstants.GrantTypes.TokenExchange).ToHashSet(StringComparer.Ordinal),
                AuthenticationMethods = options.ClientAuthenticationMethods.Append(ClientAuthentication.None).ToHashSet(StringComparer.Ordinal),
                Scopes = options.Scopes.Except(ApiScopes.All).ToHashSet(StringComparer.Ordinal),
                TakesCertificates = mutualTls.IsOn,
                AllowsThisMachine = environment.IsDevelopment(),
            };
        }
    }
}
