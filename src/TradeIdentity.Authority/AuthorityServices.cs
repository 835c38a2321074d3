using System.Data.Common;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Cards;
using TradeIdentity.Authority.Configuration;
using TradeIdentity.Authority.Credentials;
using TradeIdentity.Authority.Issuance;
using TradeIdentity.Authority.Keys;
using TradeIdentity.Authority.Mandates;
using TradeIdentity.Authority.OpenId.Registration;
using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Operators.Imports;
using TradeIdentity.Authority.Status;
using TradeIdentity.Authority.Statistics;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Authority.Trust;

namespace TradeIdentity.Authority;

/// <summary>The authority as services: its database, its keys, and the acts that the server and the command line call.</summary>
public static class AuthorityServices
{
    /// <summary>Checks the configuration, opens what it names, and registers every act.</summary>
    /// <exception cref="OptionsValidationException">A key of the configuration is wrong; the message is one line that names it.</exception>
    public static IServiceCollection AddAuthority(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        var read = AuthorityConfiguration.Read(configuration, environment);
        services.AddSingleton(Options.Create(read.Issuer));
        services.AddSingleton(Options.Create(read.Trust));
        services.AddSingleton(read.Keys);
        services.AddSingleton(Required(KeyEncryptionKey.Load(read.Keys, environment.IsDevelopment(), environment.ContentRootPath)));
        services.AddSingleton(_ => Required(DatabaseFactory.Open(read.Storage)));
        services.TryAddSingleton(TimeProvider.System);

        services.AddSingleton(ProgrammeCatalogue.Embedded);
        services.AddSingleton<OperatorReader>();
        services.AddSingleton<RegisterOperators>();
        services.AddSingleton<GetOperator>();
        services.AddSingleton<AuditEntries>();
        services.AddSingleton<CountRegister>();
        services.AddSingleton<FindOperators>();
        services.AddSingleton<RegisterImports>();
        services.AddSingleton<FindLookalikes>();
        services.AddAeo();

        services.AddSingleton<SigningKeys>();
        services.AddSingleton<RotateSigningKey>();
        services.AddSingleton<RsaSigningKeys>();

        services.AddSingleton<InitialAccessTokens>();

        services.AddSingleton<MandateReader>();
        services.AddSingleton<StatusIndexAllocator>();
        services.AddSingleton<CredentialStore>();
        services.AddSingleton<ChangeCredentialStatus>();

        services.AddSingleton<PublishTrustBundle>();
        services.AddSingleton<PublishStatusDelta>();
        services.AddSingleton<CurrentTrust>();
        services.AddSingleton<PublishStatusList>();

        services.AddSingleton<PrintCard>();

        services.AddSingleton<IssueBatch>();
        services.AddSingleton<IssueCredential>();
        services.AddSingleton<IssueCredentials>();
        return services;
    }

    /// <summary>Brings the database to this version and makes the keys that are missing. Call it before anything else is used.</summary>
    /// <exception cref="OptionsValidationException">
    /// The database of the configuration cannot be used, or the keys in it are not those of this configuration.
    /// </exception>
    public static async Task PrepareAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        try
        {
            await DatabaseMigrator.MigrateAsync(services.GetRequiredService<Database>(), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception unusable) when (unusable is DbException || unusable.InnerException is DbException)
        {
            throw new OptionsValidationException(
                "Storage", typeof(AuthorityConfiguration), [$"The database of Storage:ConnectionString cannot be used: {unusable.Message}"]);
        }

        Required(await services.GetRequiredService<SigningKeys>().EnsureAsync(cancellationToken).ConfigureAwait(false));
    }

    private static T Required<T>(Outcome<T> outcome)
        where T : notnull =>
        outcome.TryGet(out var value, out var refusal) ? value : throw new OptionsValidationException(refusal.Code, typeof(AuthorityConfiguration), [refusal.Detail]);
}
