using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using TradeIdentity.Authority;
using TradeIdentity.Authority.Configuration;
using TradeIdentity.Authority.Trust;
using TradeIdentity.Tests.Processes;

namespace TradeIdentity.Cli.Tests;

/// <summary>A folder in which an authority works: an operator, a credential, a bundle, the anchor, made by <c>tradeid</c> and the authority's acts.</summary>
public sealed class AuthorityFolder : IAsyncLifetime
{
    internal const string Tin = "NL123456789012";

    internal const string OperatorLine =
        """{"tin":"NL123456789012","legalName":"Example Bulb Traders B.V.","tradingNames":[],"jurisdiction":"NL","identifiers":[],"roles":["EX"],"aeo":[{"component":"AEOC","status":"granted","authorisationNumber":"NLAEOC0000000001","effectiveFrom":"2024-01-01"}],"evidence":{"source":"Example register","assertedAt":"2026-01-01T00:00:00Z"}}""";

    internal string Path { get; } = Directory.CreateTempSubdirectory("tradeidentity-tests-").FullName;

    internal string QrText { get; private set; } = "";

    internal JsonElement Issued { get; private set; }

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(In("operators.ndjson"), OperatorLine + "\n", TestContext.Current.CancellationToken);
        Assert.Equal(0, (await RunAsync("import", "operators.ndjson")).ExitCode);
        Issued = Json((await RunAsync("issue", "--tin", Tin, "--type", "AeoStatus", "--png", "aeo.png", "--json")).Output);
        QrText = Issued.GetProperty("qrText").GetString()!;
        await PublishAsync(TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(Path, recursive: true);
        return ValueTask.CompletedTask;
    }

    internal Task<ProgramRun> RunAsync(params string[] arguments) => ProgramRun.TradeidAsync(Path, arguments);

    internal string In(string file) => System.IO.Path.Combine(Path, file);

    internal static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    // What a server would publish from this folder.
    private async Task PublishAsync(CancellationToken cancellationToken)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(AuthorityConfiguration.DevelopmentDefaults)
            .AddInMemoryCollection([new("Storage:ConnectionString", $"Data Source={In("data/tradeidentity.db")}")]).Build();
        await using var services = new ServiceCollection()
            .AddAuthority(configuration, new HostingEnvironment { EnvironmentName = Environments.Development, ContentRootPath = Path })
            .BuildServiceProvider();
        var bundle = (await services.GetRequiredService<PublishTrustBundle>().ExecuteAsync(cancellationToken)).Match(it => it, refusal => throw new InvalidDataException(refusal.Detail));
        var anchor = (await services.GetRequiredService<CurrentTrust>().AnchorAsync(bundle.IssuedAt, cancellationToken)).Match(it => it, refusal => throw new InvalidDataException(refusal.Detail));
        await File.WriteAllBytesAsync(In("trust.bundle"), bundle.Message, cancellationToken);
        await File.WriteAllTextAsync(In("anchor.jwk"), anchor.ToJwk(), cancellationToken);
        await File.WriteAllBytesAsync(In("anchor.cose"), anchor.ToCoseKey(), cancellationToken);
    }
}
