using OpenIddict.Abstractions;
using OpenIddict.Server;
using TradeIdentity.Authority.OpenId;

namespace TradeIdentity.Server.OpenId.Attestation;

/// <summary>
/// Attestation-based client authentication (draft-ietf-oauth-attestation-based-client-auth-10), with the server's challenge always:
/// there, and said to be there, where an attester is configured.
/// </summary>
internal static class AttestationSetup
{
    private const string Path = "connect/challenge";

    public static void AddClientAttestation(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(Attesters.Read(configuration));
        services.AddSingleton<AttestationChallenges>();
        services.AddSingleton<ReadClientAttestation>();
        services.AddOptions<OpenIddictServerOptions>().Configure<Attesters>((options, attesters) =>
        {
            if (attesters.All.Count > 0)
            {
                options.ClientAuthenticationMethods.Add(ClientAuthentication.AttestJwtClientAuth);
            }
        });
    }

    public static void Register(OpenIddictServerBuilder server)
    {
        AuthenticateByAttestation.Register(server);
        BindToInstance.Register(server);
        server.AddEventHandler<OpenIddictServerEvents.HandleConfigurationRequestContext>(handler => handler.UseSingletonHandler<Describe>());
    }

    internal static void MapAttestationChallenge(this IEndpointRouteBuilder app)
    {
        if (app.ServiceProvider.GetRequiredService<Attesters>().All.Count > 0)
        {
            // §6.1.
            app.MapPost("/" + Path, (AttestationChallenges challenges) => TypedResults.Json(new AttestationChallenge(challenges.Current), AttestationJson.Default.AttestationChallenge))
                .ExcludeFromDescription();
        }
    }

    // §8.
    private sealed class Describe(Attesters attesters, IssuerAddress issuer) : IOpenIddictServerHandler<OpenIddictServerEvents.HandleConfigurationRequestContext>
    {
        public ValueTask HandleAsync(OpenIddictServerEvents.HandleConfigurationRequestContext context)
        {
            if (attesters.All.Count > 0)
            {
                context.Metadata["challenge_endpoint"] = $"{issuer.Text}/{Path}";
                context.Metadata["client_attestation_signing_alg_values_supported"] = new OpenIddictParameter([.. ReadClientAttestation.Algorithms]);
                context.Metadata["client_attestation_pop_signing_alg_values_supported"] = new OpenIddictParameter([.. ReadClientAttestation.ProofAlgorithms]);
            }

            return default;
        }
    }
}
