using Microsoft.Extensions.Options;
using TradeIdentity.Authority;
using TradeIdentity.Server.Api;
using TradeIdentity.Server.Demonstration;
using TradeIdentity.Server.Hosting;
using TradeIdentity.Server.OpenId;
using TradeIdentity.Server.Trust;

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
            await AuthorityServices.PrepareAsync(app.Services, app.Lifetime.ApplicationStopping);
            await app.LoadDemonstrationAsync(app.Lifetime.ApplicationStopping);
            await app.RunAsync();
            return 0;
        }
        catch (OptionsValidationException wrong)
        {
            await Console.Error.WriteLineAsync($"Configuration: {string.Join(' ', wrong.Failures)}");
            return ConfigurationWrong;
        }
    }

    private static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddHostDefaults();
        builder.Services.AddAuthority(builder.Configuration, builder.Environment);
        builder.Services.AddOpenIdServer(builder.Configuration, builder.Environment);
        builder.Services.AddHostedService<EnsureKeysDaily>();
        builder.AddApi();

        var app = builder.Build();
        app.UseHostDefaults();
        app.MapOpenId();
        app.MapApi();
        app.MapTrust();
        app.MapStatusLists();
        app.MapHealth();
        return app;
    }
}
