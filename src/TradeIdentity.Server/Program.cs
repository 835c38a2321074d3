using Microsoft.Extensions.Options;
using TradeIdentity.Authority;
using TradeIdentity.Authority.Companies;
using TradeIdentity.Authority.Issuance;
using TradeIdentity.Authority.Mandates;
using TradeIdentity.Authority.Successions;
using TradeIdentity.Authority.Webhooks;
using TradeIdentity.Server.Accounts;
using TradeIdentity.Server.Api;
using TradeIdentity.Server.Demonstration;
using TradeIdentity.Server.Hosting;
using TradeIdentity.Server.Imports;
using TradeIdentity.Server.OpenId;
using TradeIdentity.Server.Site;
using TradeIdentity.Server.Trust;
using TradeIdentity.Server.Webhooks;

namespace TradeIdentity.Server;

/// <summary>Starts the server: configuration, database, keys, then the endpoints.</summary>
public static class Program
{
    // sysexits.h: EX_CONFIG.
    private const int ConfigurationWrong = 78;

    public static async Task<int> Main(string[] args)
    {
        try
        {
            await using var app = Build(args);
            await StartAsync(app);
            await app.WaitForShutdownAsync();
            return 0;
        }
        catch (OptionsValidationException wrong)
        {
            return await SayAsync(string.Join(' ', wrong.Failures));
        }
        catch (InvalidDataException unread) when (unread.InnerException is FormatException)
        {
            // The JSON provider's way to say which file is not JSON, and where.
            return await SayAsync($"{unread.Message} {unread.InnerException.Message}");
        }
        catch (AddressUnavailableException unavailable)
        {
            return await SayAsync($"ASPNETCORE_URLS: {unavailable.Message}");
        }
    }

    /// <summary>
    /// The whole server, as <paramref name="args"/>, the environment and the configuration files say; not started. What
    /// <paramref name="before"/> registers stands: a clock, or how names are resolved.
    /// </summary>
    /// <exception cref="OptionsValidationException">A key of the configuration is wrong; the message is one line that names it.</exception>
    public static WebApplication Build(string[] args, Action<IServiceCollection>? before = null)
    {
        // Named, since the platform looks for the pages in this assembly and takes the started one for it: that of a test is another.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ApplicationName = typeof(Program).Assembly.GetName().Name });
        builder.AddHostDefaults();
        before?.Invoke(builder.Services);
        builder.Services.AddAuthority(builder.Configuration, builder.Environment);
        builder.Services.AddAccounts(builder.Configuration, builder.Environment);
        builder.Services.AddMandates();
        builder.Services.AddSuccessions();
        builder.Services.AddCompanies();
        builder.Services.AddHoldersCredentials();
        builder.Services.AddOpenIdServer(builder.Configuration, builder.Environment);
        builder.Services.AddWebhooks();
        builder.Services.AddSingleton<SecurityEventToken>();
        builder.Services.AddHostedService<DeliverToWebhooks>();
        builder.Services.AddHostedService<EnsureKeysDaily>();
        builder.Services.AddSingleton<ImportFiles>();
        builder.Services.AddHostedService(services => services.GetRequiredService<ImportFiles>());
        builder.Services.AddHostedService<DeleteOldImportsDaily>();
        builder.AddApi();
        builder.AddSite();

        var app = builder.Build();
        app.UseHostDefaults();
        app.UseProblems();
        app.UseErrorPage();
        app.UseMiddleware<TakePlainForms>();
        app.MapOpenId();
        app.UsePageContext();
        app.MapApi();
        app.MapTrust();
        app.MapStatusLists();
        app.MapHealth();
        app.MapSite();
        return app;
    }

    /// <summary>Brings database and keys to this version, then listens.</summary>
    /// <exception cref="AddressUnavailableException">It cannot listen where it is told to.</exception>
    public static async Task StartAsync(WebApplication app)
    {
        await AuthorityServices.PrepareAsync(app.Services, app.Lifetime.ApplicationStopping);
        await app.LoadDemonstrationAsync(app.Lifetime.ApplicationStopping);
        await app.ListenAsync();
    }

    private static async Task<int> SayAsync(string wrong)
    {
        await Console.Error.WriteLineAsync($"Configuration: {wrong.ReplaceLineEndings(" ")}");
        return ConfigurationWrong;
    }
}
