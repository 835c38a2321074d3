using Microsoft.Extensions.Options;
using OpenIddict.Server;
using TradeIdentity.Authority.OpenId;
using TradeIdentity.Server.OpenId.Registration;

namespace TradeIdentity.Server.OpenId;

/// <summary>
/// The OpenID Connect engine at the edge of the server: the only place, with the folder of the same name in Authority,
/// where its types appear.
/// </summary>
public static class OpenIdServer
{
    /// <summary>
    /// Registers the engine. Needs <c>Database</c>, <c>SigningKeys</c>, <c>KeyEncryptionKey</c> and <c>TimeProvider</c> as
    /// singletons, and a migrated database when the host starts.
    /// </summary>
    /// <exception cref="OptionsValidationException">A key of the configuration is wrong; the message names it.</exception>
    public static IServiceCollection AddOpenIdServer(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        var issuer = IssuerAddress.Read(configuration, environment);
        services.AddSingleton(issuer);
        services.AddSingleton(new BootstrappedClients(BootstrapSection.Read(configuration)));
        services.AddSingleton<OpenIdKeys>();
        services.AddSingleton<IConfigureOptions<OpenIddictServerOptions>, ConfigureOpenIdKeys>();
        services.AddSingleton<ReplayGuard>();
        services.AddSingleton<PruneOpenId>();
        services.AddScoped<BootstrapClient>();
        services.AddRegistration(configuration);
        services.AddHostedService<KeepOpenIdKeysCurrent>();
        services.AddHostedService<BootstrapClientsAtStart>();
        services.AddHostedService<PruneOpenIdHourly>();
        services.AddAuthorization();
        // The engine logs every request and its parameters at Information; what it says of errors is enough.
        services.AddLogging(logging => logging.AddFilter("OpenIddict", LogLevel.Warning));

        services.AddOpenIddict()
            .AddCore(core => core.AddOpenIdStores())
            .AddServer(server => ConfigureServer(server, issuer, environment))
            .AddValidation(validation => ConfigureValidation(validation, issuer));
        return services;
    }

    /// <summary>Puts the engine's endpoints, and the authentication of API requests, into the pipeline: before all other endpoints.</summary>
    public static WebApplication MapOpenId(this WebApplication app)
    {
        app.UseMiddleware<OpenIdRequestBounds>();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapRegistration();
        return app;
    }

    private static void ConfigureServer(OpenIddictServerBuilder server, IssuerAddress issuer, IHostEnvironment environment)
    {
        server.SetIssuer(issuer.Uri);
        server.SetConfigurationEndpointUris(".well-known/openid-configuration", ".well-known/oauth-authorization-server");
        server.SetJsonWebKeySetEndpointUris(issuer.Advertise(".well-known/jwks"));
        server.SetTokenEndpointUris(issuer.Advertise("connect/token"));
        server.SetIntrospectionEndpointUris(issuer.Advertise("connect/introspect"));
        server.SetRevocationEndpointUris(issuer.Advertise("connect/revoke"));

        // Other flows are added here: each needs its endpoint above, its Allow…Flow, and a handler beside IssueToClient.
        server.AllowClientCredentialsFlow();
        server.RegisterScopes([.. ApiScopes.All]);
        server.Configure(options =>
        {
            // openid, which the engine registers by itself, and offline_access belong to flows with a user.
            options.Scopes.Remove(OpenIddict.Abstractions.OpenIddictConstants.Scopes.OpenId);
            options.CodeChallengeMethods.Clear();
        });

        server.DisableAccessTokenEncryption();
        server.SetAccessTokenLifetime(TimeSpan.FromMinutes(10));

        IssueToClient.Register(server);
        KeepNoEntryOfClientTokens.Register(server);
        AcceptClientAssertion.Register(server);
        CheckClientAssertion.Register(server);
        RefuseRepeatedParameters.Register(server);
        DescribeTokenToItsClient.Register(server);
        NameErrorsByTheirStandard.Register(server);
        RegistrationEndpoints.Register(server, issuer);
        issuer.Register(server);

        // An error of the authorization endpoint that no client may be told is shown to the person by our page.
        var host = server.UseAspNetCore().EnableStatusCodePagesIntegration();
        if (environment.IsDevelopment())
        {
            host.DisableTransportSecurityRequirement();
        }
    }

    private static void ConfigureValidation(OpenIddictValidationBuilder validation, IssuerAddress issuer)
    {
        // RFC 9068 §4: a token made for another resource is refused.
        validation.AddAudiences(issuer.Text);
        validation.UseLocalServer();
        // RFC 9700 §4.3.2: a token in an address ends in logs; the header is the only place for it.
        validation.UseAspNetCore().DisableAccessTokenExtractionFromQueryString().DisableAccessTokenExtractionFromBodyForm();
        RequiredScope.Register(validation);
    }
}
