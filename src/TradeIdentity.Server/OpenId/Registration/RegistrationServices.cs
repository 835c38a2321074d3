using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using TradeIdentity.Authority.OpenId.Registration;

namespace TradeIdentity.Server.OpenId.Registration;

/// <summary>The acts of registration, and what they need.</summary>
internal static class RegistrationServices
{
    /// <exception cref="OptionsValidationException">A key of <c>Registration</c> is wrong; the message names it.</exception>
    internal static void AddRegistration(this IServiceCollection services, IConfiguration configuration)
    {
        var publishers = configuration.GetSection("Registration:SoftwarePublishers").GetChildren().Select(ReadPublisher).ToList();
        services.AddSingleton(provider => new SoftwareStatements(publishers, provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<InitialAccessTokens>();
        services.AddSingleton<CheckSectorIdentifier>();
        services.AddSingleton<OfferedTerms>();
        services.AddScoped<RegisterClient>();
        services.AddScoped<OwnRegistration>();
    }

    private static SoftwarePublisher ReadPublisher(IConfigurationSection section)
    {
        if (section.GetChildren().FirstOrDefault(child => child.Key is not ("Issuer" or "JsonWebKeySet")) is { } unknown)
        {
            throw Wrong($"{unknown.Path} is not a known key.");
        }

        var outcome = SoftwarePublisher.Create(section["Issuer"], section["JsonWebKeySet"]);
        return outcome.TryGet(out var publisher, out var refusal) ? publisher : throw Wrong($"{section.Path}: {refusal.Detail}");
    }

    private static OptionsValidationException Wrong(string failure) => new("Registration", typeof(SoftwarePublisher), [failure]);
}
