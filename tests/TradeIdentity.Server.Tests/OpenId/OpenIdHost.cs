using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.IdentityModel.Tokens;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Configuration;
using TradeIdentity.Authority.Keys;
using TradeIdentity.Authority.OpenId;
using TradeIdentity.Authority.Mandates;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Server.OpenId;

namespace TradeIdentity.Server.Tests.OpenId;

/// <summary>The engine on Kestrel, on a fresh SQLite file, with three clients: one for each way to authenticate.</summary>
public sealed class OpenIdHost : IAsyncLifetime
{
    public const string Issuer = "https://identity.customs.example";
    public const string ClientId = "broker";
    public const string KeyClientId = "https://carrier.example/client";
    public const string ChosenSecretClientId = "clerk";
    public const string ChosenSecret = "chosen+by:a%person";

    private readonly string _folder = Directory.CreateTempSubdirectory("tradeidentity-tests-").FullName;
    private readonly KeyEncryptionKey _encryptionKey = NewEncryptionKey();
    private CountedDatabase? _counted;
    private WebApplication? _app;

    public string Secret { get; } = ClientSecrets.Generate();

    public ECDsa ClientKey { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public RSA ClientRsaKey { get; } = RSA.Create(2048);

    public HttpClient Http { get; private set; } = null!;

    public Database Database { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var sqlite = new SqliteDatabase($"Data Source={Path.Combine(_folder, "openid.db")}");
        await DatabaseMigrator.MigrateAsync(sqlite, CancellationToken.None);
        Database = _counted = new CountedDatabase(sqlite);
        _app = await StartAsync(Environments.Development, Configuration());
        Http = new HttpClient { BaseAddress = new Uri(_app.Urls.Single()) };
    }

    public (int Reads, int Writes) DatabaseCount => _counted!.Count;

    public Dictionary<string, string?> Configuration() => new()
    {
        ["Issuer:BaseUrl"] = Issuer,
        // Tests of a class fail on purpose, from one address: more than a client may.
        ["RateLimits:ClientFailures"] = "100000",
        ["RateLimits:AddressFailures"] = "100000",
        ["Bootstrap:Clients:0:ClientId"] = ClientId,
        ["Bootstrap:Clients:0:ClientSecret"] = Secret,
        ["Bootstrap:Clients:0:Scopes"] = "operators.read aeo.decide",
        ["Bootstrap:Clients:1:ClientId"] = KeyClientId,
        ["Bootstrap:Clients:1:JsonWebKeySet"] = PublicKeys(),
        ["Bootstrap:Clients:1:Scopes:0"] = "operators.read",
        ["Bootstrap:Clients:1:Scopes:1"] = "credentials.issue",
        ["Bootstrap:Clients:2:ClientId"] = ChosenSecretClientId,
        ["Bootstrap:Clients:2:ClientSecret"] = ChosenSecret,
        ["Bootstrap:Clients:2:Scopes"] = "audit.read",
    };

    public async Task<WebApplication> StartAsync(string environment, Dictionary<string, string?> configuration, TimeProvider? time = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.Configuration.AddInMemoryCollection(configuration);
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(Database);
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.Services.AddSingleton(_encryptionKey);
        builder.Services.AddSingleton(new KeysOptions());
        builder.Services.AddSingleton<SigningKeys>();
        builder.Services.AddSingleton(ProgrammeCatalogue.Embedded);
        builder.Services.AddSingleton<OperatorReader>();
        builder.Services.AddSingleton<MandateReader>();
        builder.Services.AddSingleton<RateLimits>();
        builder.Services.AddSingleton<Memberships>();
        builder.Services.AddOpenIdServer(builder.Configuration, builder.Environment);
        var app = builder.Build();
        app.UseRouting();
        app.MapOpenId();
        app.MapGet("/protected", (HttpContext context) => context.User.FindFirst("sub")!.Value).RequireScope(ApiScopes.OperatorsRead);
        await app.StartAsync(CancellationToken.None);
        return app;
    }

    public Task<HttpResponseMessage> TokenAsync(params (string Name, string Value)[] form) => PostAsync("/connect/token", form);

    public Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] form) =>
        Http.PostAsync(new Uri(path, UriKind.Relative), new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Name, field.Value))), TestContext.Current.CancellationToken);

    public async Task<string> AccessTokenAsync(string scope)
    {
        using var response = await TokenAsync(("grant_type", "client_credentials"), ("client_id", ClientId), ("client_secret", Secret), ("scope", scope));
        return (await JsonAsync(response)).GetProperty("access_token").GetString()!;
    }

    public static async Task<JsonElement> JsonAsync(HttpResponseMessage response)
    {
        using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return document.RootElement.Clone();
    }

    /// <summary>An OAuth error as RFC 6749 §5.2 has it: status, code, JSON, not to be cached, nothing of the program's insides.</summary>
    public static async Task<JsonElement> AssertErrorAsync(HttpResponseMessage response, HttpStatusCode status, string error)
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(status == response.StatusCode && text.Contains($"\"{error}\"", StringComparison.Ordinal), $"{response.StatusCode}: {text}");
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        Assert.True(response.Headers.CacheControl?.NoStore);
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
        var json = await JsonAsync(response);
        Assert.Equal(error, json.GetProperty("error").GetString());
        return json;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app!.DisposeAsync();
        await Database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static KeyEncryptionKey NewEncryptionKey() =>
        KeyEncryptionKey.Load(new KeysOptions { EncryptionKey = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)) }, isDevelopment: true, "/")
            .Match(key => key, refusal => throw new InvalidOperationException(refusal.Detail));

    private string PublicKeys()
    {
        var ec = ClientKey.ExportParameters(includePrivateParameters: false);
        var rsa = ClientRsaKey.ExportParameters(includePrivateParameters: false);
        return JsonSerializer.Serialize(new
        {
            keys = new object[]
            {
                new { kty = "EC", crv = "P-256", kid = "ec", x = Base64UrlEncoder.Encode(ec.Q.X), y = Base64UrlEncoder.Encode(ec.Q.Y) },
                new { kty = "RSA", kid = "rsa", use = "sig", n = Base64UrlEncoder.Encode(rsa.Modulus), e = Base64UrlEncoder.Encode(rsa.Exponent) },
            },
        });
    }
}
