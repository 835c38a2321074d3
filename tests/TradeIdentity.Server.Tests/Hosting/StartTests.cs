using System.Net;
using System.Net.Sockets;
using TradeIdentity.Tests.Processes;

namespace TradeIdentity.Server.Tests.Hosting;

/// <summary>The server as a process: a wrong configuration is one line that names the key, and exit code 78 (sysexits.h EX_CONFIG).</summary>
public sealed class StartTests : IDisposable
{
    private const int ConfigurationWrong = 78;

    private readonly string _folder = Directory.CreateTempSubdirectory("tradeidentity-tests-").FullName;

    [Theory]
    [InlineData("Issuer:Coed", "XX-DEMO", "Issuer:Coed")]
    [InlineData("Issuer:BaseUrl", "identity.customs.example", "Issuer:BaseUrl")]
    [InlineData("Issuer:Country", "Utopia", "Issuer:Country")]
    [InlineData("Storage:Provider", "Oracle", "Storage:Provider")]
    [InlineData("Storage:ConnectionString", "Data Source=/proc/none/tradeidentity.db", "Storage:ConnectionString")]
    [InlineData("Storage:ConnectionString", "Colour=red", "Storage:ConnectionString")]
    [InlineData("Trust:RefreshMinutes", "soon", "Trust:RefreshMinutes")]
    [InlineData("Keys:EncryptionKey", "short", "Keys:EncryptionKey")]
    [InlineData("Bootstrap:Clients:0:ClientId", "clerk", "Bootstrap:Clients:0")]
    [InlineData("Bootstrap:Cliens:0:ClientId", "clerk", "Bootstrap:Cliens")]
    [InlineData("Bootstrap:Users:0:Emial", "clerk@customs.example", "Bootstrap:Users:0:Emial")]
    [InlineData("Accounts:BreachedPasswords", "/none/pwned", "Accounts:BreachedPasswords")]
    [InlineData("Mail:Tls", "None", "Mail:Tls")]
    [InlineData("Mail:Host", "mail.customs.example", "Mail:From")]
    [InlineData("Server:TrustedProxies:0", "proxy", "Server:TrustedProxies:0")]
    [InlineData("Server:TrustedProxy", "192.0.2.1", "Server:TrustedProxy")]
    [InlineData("urls", "http://127.0.0.1:99999", "ASPNETCORE_URLS")]
    [InlineData("urls", "localhost", "ASPNETCORE_URLS")]
    public Task In_development_the_key_is_named(string key, string value, string named) =>
        IsRefusedAsync(named, "Development", (key, value));

    [Theory]
    [InlineData("urls", "http://127.0.0.1:0", "ASPNETCORE_URLS")]
    [InlineData("Issuer:Code", "XX-DEMO", "Issuer:Code", "Issuer:Country", "XX")]
    [InlineData("Issuer:BaseUrl", "http://identity.customs.example", "Issuer:BaseUrl")]
    [InlineData("Issuer:Names:en", "", "Issuer:Names:en")]
    [InlineData("Keys:EncryptionKey", "", "Keys:EncryptionKey")]
    [InlineData("Keys:EncryptionKey", "", "Keys:EncryptionKeyFile", "Keys:EncryptionKeyFile", "data/development-encryption.key")]
    [InlineData("Keys:EncryptionKey", "", "Keys:EncryptionKeyFile", "Keys:EncryptionKeyFile", "none.key")]
    public Task In_production_what_is_of_a_demonstration_or_missing_is_refused(
        string key, string value, string named, string otherKey = "Issuer:Country", string otherValue = "XA") =>
        IsRefusedAsync(named, "Production",
            ("urls", "https://127.0.0.1:0"),
            ("Issuer:BaseUrl", "https://identity.customs.example"),
            ("Issuer:Code", "XA-CUSTOMS"),
            ("Issuer:Country", "XA"),
            ("Issuer:Names:en", "Example Customs Administration"),
            ("Keys:EncryptionKey", Convert.ToBase64String(new byte[32])),
            (otherKey, otherValue),
            (key, value));

    [Fact]
    public Task With_no_configuration_at_all_production_says_what_it_needs_first() => IsRefusedAsync("Issuer:BaseUrl", "Production", ("urls", "https://127.0.0.1:0"));

    [Fact]
    public async Task A_database_that_is_none_is_named()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "tradeidentity.db"), new string('x', 10_000), TestContext.Current.CancellationToken);
        await IsRefusedAsync("Storage:ConnectionString", "Development", ("Storage:ConnectionString", "Data Source=tradeidentity.db"));
    }

    [Fact]
    public Task A_database_that_does_not_answer_is_named() => IsRefusedAsync(
        "Storage:ConnectionString", "Development", ("Storage:Provider", "PostgreSql"), ("Storage:ConnectionString", "Host=127.0.0.1;Port=1;Database=none;Username=none"));

    [Fact]
    public async Task A_port_in_use_is_named()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        await IsRefusedAsync("ASPNETCORE_URLS", "Development", ("urls", $"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}"));
    }

    [Fact]
    public async Task A_folder_that_takes_no_data_is_named()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "data"), "", TestContext.Current.CancellationToken);
        await IsRefusedAsync(Path.Combine(_folder, "data"), "Development");
    }

    [Fact]
    public async Task A_file_that_is_not_JSON_is_named()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "appsettings.json"), """{"Issuer":""", TestContext.Current.CancellationToken);
        await IsRefusedAsync("appsettings.json", "Development");
    }

    [Fact]
    public async Task An_unknown_section_of_the_file_is_named()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "appsettings.json"), """{"Isuer":{"Code":"NL"}}""", TestContext.Current.CancellationToken);
        await IsRefusedAsync("Isuer", "Development");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task IsRefusedAsync(string named, string environment, params (string Key, string Value)[] configuration)
    {
        var start = ProgramRun.Start(_folder, "dotnet", [BuiltProgram.Server], ("ASPNETCORE_ENVIRONMENT", environment));
        foreach (var (key, value) in configuration)
        {
            start.Environment[key == "urls" ? "ASPNETCORE_URLS" : key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        var run = await ProgramRun.ExecuteAsync(start);
        var line = Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(named, line, StringComparison.Ordinal);
        Assert.StartsWith("Configuration: ", line, StringComparison.Ordinal);
        Assert.Equal(ConfigurationWrong, run.ExitCode);
        Assert.DoesNotContain("   at ", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", run.Output, StringComparison.Ordinal);
    }
}
