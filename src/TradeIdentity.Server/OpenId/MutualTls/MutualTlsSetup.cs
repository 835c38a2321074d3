using System.Security.Cryptography.X509Certificates;
using OpenIddict.Server;
using TradeIdentity.Authority.OpenId;
using TradeIdentity.Authority.OpenId.Certificates;
using TradeIdentity.Server.Hosting.Certificates;

namespace TradeIdentity.Server.OpenId.MutualTls;

/// <summary>Certificates of clients (RFC 8705), and what the discovery document says of them: exactly where the configuration has them.</summary>
internal static class MutualTlsSetup
{
    public static void AddMutualTls(this IServiceCollection services, MutualTlsSettings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton(settings.Authorities);
        services.AddSingleton<CheckClientCertificate>();
    }

    public static void Register(OpenIddictServerBuilder server, MutualTlsSettings settings, IssuerAddress issuer)
    {
        BindToCertificate.Register(server);
        if (settings.IsOn)
        {
            server.Configure(options => Offer(options, settings));
            server.AddEventHandler<OpenIddictServerEvents.HandleConfigurationRequestContext>(handler => handler
                .UseInlineHandler(context =>
                {
                    context.TlsClientCertificateBoundAccessTokens = true;
                    return default;
                })
                .SetOrder(OpenIddictServerHandlers.Discovery.AttachSecurityRequirements.Descriptor.Order + 500));
            if (settings.BaseUrl != issuer.Text)
            {
                Alias(server, settings.BaseUrl!);
            }
        }
    }

    private static void Offer(OpenIddictServerOptions options, MutualTlsSettings settings)
    {
        // The engine asks for a policy wherever it offers a method. It never comes to use it: CheckClientCertificate does its work.
        options.SelfSignedTlsClientAuthenticationPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust };
        options.ClientAuthenticationMethods.Add(ClientAuthentication.SelfSignedTlsClientAuth);
        if (settings.Authorities.IsAny)
        {
            options.PublicKeyInfrastructureTlsClientAuthenticationPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust };
            options.ClientAuthenticationMethods.Add(ClientAuthentication.TlsClientAuth);
        }
    }

    // RFC 8705 §5.
    private static void Alias(OpenIddictServerBuilder server, string baseUrl)
    {
        server.SetMtlsTokenEndpointAliasUri($"{baseUrl}/connect/token");
        server.SetMtlsPushedAuthorizationEndpointAliasUri($"{baseUrl}/connect/par");
        server.SetMtlsIntrospectionEndpointAliasUri($"{baseUrl}/connect/introspect");
        server.SetMtlsRevocationEndpointAliasUri($"{baseUrl}/connect/revoke");
        server.SetMtlsDeviceAuthorizationEndpointAliasUri($"{baseUrl}/connect/device");
        server.SetMtlsUserInfoEndpointAliasUri($"{baseUrl}/connect/userinfo");
    }
}
