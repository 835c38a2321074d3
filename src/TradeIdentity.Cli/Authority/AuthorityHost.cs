using System.Data.Common;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Options;
using TradeIdentity.Authority;
using TradeIdentity.Authority.Configuration;

namespace TradeIdentity.Cli.Authority;

/// <summary>Opens the authority's own database and keys, with the configuration that the server would have in this folder.</summary>
internal static class AuthorityHost
{
    // sysexits.h: EX_CONFIG.
    private const int ConfigurationWrong = 78;

    /// <summary>Runs <paramref name="act"/> with the authority's services; a wrong configuration is one line and exit code 78.</summary>
    internal static Task<int> RunAsync(Func<IServiceProvider, Task<int>> act, CancellationToken cancellationToken) =>
        RunAsync(act, prepare: true, cancellationToken);

    /// <summary>The same on a database as it is: nothing is migrated and no key is made.</summary>
    internal static Task<int> RunUnpreparedAsync(Func<IServiceProvider, Task<int>> act, CancellationToken cancellationToken) =>
        RunAsync(act, prepare: false, cancellationToken);

    private static async Task<int> RunAsync(Func<IServiceProvider, Task<int>> act, bool prepare, CancellationToken cancellationToken)
    {
        try
        {
            var folder = Directory.GetCurrentDirectory();
            var name = EnvironmentName(folder);
            var environment = new HostingEnvironment { EnvironmentName = name, ContentRootPath = folder };
            var services = new ServiceCollection();
            services.AddAuthority(Configuration(folder, name), environment);
            await using var provider = services.BuildServiceProvider();
            if (prepare)
            {
                await AuthorityServices.PrepareAsync(provider, cancellationToken);
            }

            return await act(provider);
        }
        catch (OptionsValidationException wrong)
        {
            return await SayAsync($"Configuration: {string.Join(' ', wrong.Failures)}", ConfigurationWrong);
        }
        catch (InvalidDataException unread) when (unread.InnerException is FormatException)
        {
            // The JSON provider's way to say which file is not JSON, and where.
            return await SayAsync($"Configuration: {unread.Message} {unread.InnerException.Message}", ConfigurationWrong);
        }
        catch (Exception failed) when (failed is DbException || failed.InnerException is DbException)
        {
            return await SayAsync($"The database of Storage:ConnectionString: {failed.Message} 'tradeid db check' says more.", Answer.NotDone);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            return await SayAsync(failed.Message, Answer.NotDone);
        }
    }

    private static async Task<int> SayAsync(string wrong, int exitCode)
    {
        await Console.Error.WriteLineAsync(wrong.ReplaceLineEndings(" "));
        return exitCode;
    }

    private static IConfigurationRoot Configuration(string folder, string environment)
    {
        var builder = new ConfigurationBuilder();
        if (environment == Environments.Development)
        {
            builder.AddInMemoryCollection(AuthorityConfiguration.DevelopmentDefaults);
        }

        return builder
            .SetBasePath(folder)
            .AddJsonFile("appsettings.json", optional: true)
            .AddJsonFile($"appsettings.{environment}.json", optional: true)
            .AddEnvironmentVariables()
            .Build();
    }

    // As the server: what the environment says. Where nothing says anything and nothing is configured here, it is the
    // demonstration that a first start of the server made in this folder.
    private static string EnvironmentName(string folder) =>
        Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT")
        ?? Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT")
        ?? (File.Exists(Path.Combine(folder, "appsettings.json")) || Environment.GetEnvironmentVariable("Issuer__Code") is not null
            ? Environments.Production
            : Environments.Development);
}
