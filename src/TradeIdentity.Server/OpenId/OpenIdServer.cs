using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using OpenIddict.Server;
using TradeIdentity.Authority.Accounts.Sessions;
using TradeIdentity.Authority.Keys;
using TradeIdentity.Authority.OpenId;
using TradeIdentity.Server.Hosting.Certificates;
using TradeIdentity.Server.OpenId.Attestation;
using TradeIdentity.Server.OpenId.ClientChoices;
using TradeIdentity.Server.OpenId.Delegation;
using TradeIdentity.Server.OpenId.Registration;
using TradeIdentity.Server.OpenId.Authorization;
using TradeIdentity.Server.OpenId.Device;
using TradeIdentity.Server.OpenId.Dpop;
using TradeIdentity.Server.OpenId.Limits;
using TradeIdentity.Server.OpenId.Logout;
using TradeIdentity.Server.OpenId.MutualTls;
using TradeIdentity.Server.OpenId.Persons;
using TradeIdentity.Server.OpenId.SecurityProfile;
using TradeIdentity.Server.OpenId.SignedRequests;
using TradeIdentity.Server.OpenId.Tokens;
using TradeIdentity.Server.OpenId.UserInfo;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace TradeIdentity.Server.OpenId;

/// <summary>
/// The OpenID Connect engine at the edge of the server: the only place, with the folder of the same name in Authority,
/// where its types appear.
/// </summary>
public static class OpenIdServer
{
    /// <summary>
    /// Registers the engine. Needs <c>Database</c>, <c>SigningKeys</c>, <c>KeyEncryptionKey</c>, <c>OperatorReader</c>, <c>Memberships</c>,
    /// <c>RateLimits</c> and <c>TimeProvider</c> as singletons, and a migrated database when the host starts.
    /// </summary>
    /// <exception cref="OptionsValidationException">A key of the configuration is wrong; the message names it.</exception>
    public static IServiceCollection AddOpenIdServer(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        var issuer = IssuerAddress.Read(configuration, environment);
        services.AddSingleton(issuer);
        var mutualTls = MutualTlsSettings.Read(configuration);
        services.AddMutualTls(mutualTls);
        services.AddSingleton(new BootstrappedClients(BootstrapSection.Read(configuration, environment, mutualTls)));
        services.TryAddSingleton<RsaSigningKeys>();
        services.AddSingleton<OpenIdKeys>();
        services.AddSingleton<PairwiseSubjects>();
        services.AddSingleton<SignedAnswer>();
        services.AddSingleton<RecordTokenExchange>();
        services.AddSingleton<RecordClientFailure>();
        services.AddSingleton<EndTokenFamily>();
        services.AddSingleton<WithdrawConsent>();
        services.AddSingleton<AccountTokens>();
        services.AddSingleton<IConfigureOptions<OpenIddictServerOptions>, ConfigureOpenIdKeys>();
        services.AddSingleton<ReplayGuard>();
        services.AddDpop();
        services.AddSingleton<PruneOpenId>();
        services.AddScoped<BootstrapClient>();
        services.AddRegistration(configuration);
        services.AddClientAttestation(configuration);
        services.AddProtocolLimits(configuration);
        services.AddSingleton<SessionClients>();
        services.AddSingleton<IFollowSessionEnds>(provider => provider.GetRequiredService<SessionClients>());
        services.AddSingleton<LogoutOutbox>();
        services.AddSingleton<LogoutToken>();
        services.AddScoped<TellByBrowser>();
        services.AddHostedService<SendLogoutMessages>();
        services.AddSingleton<Interactions>();
        services.AddSingleton<FindPerson>();
        services.AddSingleton<PersonClaims>();
        services.AddScoped<IssuedEntries>();
        services.AddScoped<Consents>();
        services.AddScoped<FindAskingClient>();
        services.AddScoped<DecideForPerson>();
        services.AddHostedService<KeepOpenIdKeysCurrent>();
        services.AddHostedService<BootstrapClientsAtStart>();
        services.AddHostedService<PruneOpenIdHourly>();
        services.AddAuthorization();
        // The engine logs every request and its parameters at Information; what it says of errors is enough.
        services.AddLogging(logging => logging.AddFilter("OpenIddict", LogLevel.Warning));

        services.AddOpenIddict()
            .AddCore(core => core.AddOpenIdStores())
            .AddServer(server => ConfigureServer(server, issuer, mutualTls, environment))
            .AddValidation(validation => ConfigureValidation(validation, issuer));
        return services;
    }

    /// <summary>Puts the engine's endpoints, and the authentication of API requests, into the pipeline: before all other endpoints.</summary>
    public static WebApplication MapOpenId(this WebApplication app)
    {
        app.UseMiddleware<OpenIdRequestBounds>();
        app.UseMiddleware<LimitRequests>();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapRegistration();
        app.MapAttestationChallenge();
        return app;
    }

    private static void ConfigureServer(OpenIddictServerBuilder server, IssuerAddress issuer, MutualTlsSettings mutualTls, IHostEnvironment environment)
    {
        server.SetIssuer(issuer.Uri);
        server.SetConfigurationEndpointUris(".well-known/openid-configuration", ".well-known/oauth-authorization-server");
        server.SetJsonWebKeySetEndpointUris(issuer.Advertise(".well-known/jwks"));
        server.SetTokenEndpointUris(issuer.Advertise("connect/token"));
        server.SetIntrospectionEndpointUris(issuer.Advertise("connect/introspect"));
        server.SetRevocationEndpointUris(issuer.Advertise("connect/revoke"));

        server.SetAuthorizationEndpointUris(issuer.Advertise("connect/authorize"));
        server.SetPushedAuthorizationEndpointUris(issuer.Advertise("connect/par"));
        server.SetUserInfoEndpointUris(issuer.Advertise("connect/userinfo"));
        server.SetDeviceAuthorizationEndpointUris(issuer.Advertise("connect/device"));
        server.SetEndUserVerificationEndpointUris(issuer.Advertise("connect/verify"));
        server.SetEndSessionEndpointUris(issuer.Advertise("connect/logout"));

        // Other flows are added here: each needs its endpoint above, its Allow…Flow, and a handler beside IssueToClient.
        server.AllowClientCredentialsFlow();
        server.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange();
        server.AllowRefreshTokenFlow();
        server.AllowDeviceAuthorizationFlow();
        server.RegisterScopes([.. IdentityScopes.All, .. ApiScopes.All]);
        server.RegisterClaims([.. PersonClaims.Names]);
        server.Configure(options =>
        {
            // RFC 9700 §2.1.1: plain shows the verifier to whoever sees the request.
            options.CodeChallengeMethods.Clear();
            options.CodeChallengeMethods.Add(CodeChallengeMethods.Sha256);
            // RFC 9700 §4.3.1 wants no answer in a fragment, and no client of a code needs one.
            options.ResponseModes.Remove(ResponseModes.Fragment);
            options.PromptValues.Remove(PromptValues.Create);
        });

        server.DisableAccessTokenEncryption();
        server.SetAccessTokenLifetime(TimeSpan.FromMinutes(10));
        server.SetIdentityTokenLifetime(TimeSpan.FromMinutes(10));
        // RFC 6749 §4.1.2: a code goes straight from the browser to the client's server.
        server.SetAuthorizationCodeLifetime(TimeSpan.FromSeconds(60));
        // RFC 9126 §2.2: for the way of the browser; a person who signs in meanwhile comes back with the same one.
        // FAPI 2.0 §5.3.2.2: less than 600 seconds.
        server.Configure(options => options.RequestTokenLifetime = TimeSpan.FromMinutes(9));
        server.SetRefreshTokenLifetime(TimeSpan.FromDays(30));
        server.SetRefreshTokenReuseLeeway(null);
        // RFC 8628 §6.1: consonants, which spell no words, and none that look alike; 34 bits for ten minutes.
        server.SetUserCodeCharset("B", "C", "D", "F", "G", "H", "J", "K", "L", "M", "N", "P", "Q", "R", "S", "T", "V", "W", "X", "Z");
        server.SetUserCodeLength(8);
        server.SetUserCodeDisplayFormat("{0}{1}{2}{3}-{4}{5}{6}{7}");
        server.SetUserCodeLifetime(TimeSpan.FromMinutes(10));
        server.SetDeviceCodeLifetime(TimeSpan.FromMinutes(10));

        CheckAuthorizationRequest.Register(server);
        AuthorizePerson.Register(server);
        DescribeAuthorization.Register(server);
        DescribeVerifiedClaims.Register(server);
        TellErrorsToTheClient.Register(server);
        AllowFormPostScript.Register(server);
        RedeemOnce.Register(server);
        NoteTokenEntry.Register(server);
        SettleTokenRequest.Register(server);
        NoticeReplay.Register(server);
        IssueToPerson.Register(server);
        RefuseTokenInAddress.Register(server);
        AnswerUserInfo.Register(server);
        EndSessionOfPerson.Register(server);
        VerifyDevice.Register(server);
        LimitDeviceRequests.Register(server);
        LimitKnown.Register(server);
        IssueToClient.Register(server);
        KeepEntriesOfFew.Register(server);
        AcceptClientAssertion.Register(server);
        CheckClientAssertion.Register(server);
        HoldToAuthenticationMethod.Register(server);
        RefuseRepeatedParameters.Register(server);
        DpopSetup.Register(server);
        SignedRequestsSetup.Register(server);
        AttestationSetup.Register(server);
        HoldToFapi2.Register(server);
        KeepRefreshToken.Register(server);
        MutualTlsSetup.Register(server, mutualTls, issuer);
        DescribeTokenToItsClient.Register(server);
        NameErrorsByTheirStandard.Register(server);
        NoticeClientFailures.Register(server);
        RegistrationEndpoints.Register(server, issuer);
        TargetsOfToken.Register(server);
        ExchangeToken.Register(server);
        SignWithTheClientsAlgorithm.Register(server);
        ShowPairwiseSubjects.Register(server);
        AnswerAsJwt.Register(server);
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
        // What was revoked, or ended with the account, opens nothing for the rest of its ten minutes. Tokens that clients get for
        // themselves have no entry, and cost no command.
        validation.EnableTokenEntryValidation();
        // RFC 9700 §4.3.2: a token in an address ends in logs; the header is the only place for it.
        validation.UseAspNetCore().DisableAccessTokenExtractionFromQueryString().DisableAccessTokenExtractionFromBodyForm();
        RequiredScope.Register(validation);
        PresentAtApi.Register(validation);
    }
}
