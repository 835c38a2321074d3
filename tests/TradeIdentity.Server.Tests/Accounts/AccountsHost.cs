using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Accounts.Sessions;
using TradeIdentity.Authority.Configuration;
using TradeIdentity.Authority.Keys;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Server.Accounts;

namespace TradeIdentity.Server.Tests.Accounts;

/// <summary>Accounts on Kestrel with endpoints that call the acts as pages do; a fresh SQLite file; a clock that can be set forward.</summary>
public sealed class AccountsHost : IAsyncLifetime
{
    public const string Password = "quite a long sentence 7";

    private readonly string _folder = Directory.CreateTempSubdirectory("tradeidentity-tests-").FullName;
    private readonly KeyEncryptionKey _encryptionKey = NewEncryptionKey();
    private readonly List<WebApplication> _apps = [];
    private int _accounts;

    public Uri Address { get; private set; } = null!;

    public Database Database { get; private set; } = null!;

    public IServiceProvider Services => _apps[0].Services;

    public CountedHashes Hashes => (CountedHashes)Services.GetRequiredService<IPasswordHasher<Account>>();

    public ForwardTime Time { get; } = new();

    public async ValueTask InitializeAsync()
    {
        Database = new SqliteDatabase($"Data Source={Path.Combine(_folder, "accounts.db")}");
        await DatabaseMigrator.MigrateAsync(Database, CancellationToken.None);
        Address = await StartAsync(Environments.Development);
    }

    /// <summary>An instance on the same database; answers its address.</summary>
    public async Task<Uri> StartAsync(string environment, params (string Key, string? Value)[] configuration)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Issuer:BaseUrl"] = "http://localhost:5080" });
        builder.Configuration.AddInMemoryCollection(configuration.Select(entry => KeyValuePair.Create(entry.Key, entry.Value)));
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        builder.Services.AddLogging();
        builder.Services.AddSingleton(Database);
        builder.Services.AddSingleton<TimeProvider>(Time);
        builder.Services.AddSingleton(_encryptionKey);
        builder.Services.AddAuthorization();
        builder.Services.AddAccounts(builder.Configuration, builder.Environment);
        builder.Services.AddSingleton<TradeIdentity.Authority.Webhooks.PruneWebhookDeliveries>();
        builder.Services.AddSingleton<IPasswordHasher<Account>, CountedHashes>();
        var app = builder.Build();
        _apps.Add(app);
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        Map(app);
        await app.StartAsync(CancellationToken.None);
        return new Uri(app.Urls.Single());
    }

    public Browser NewBrowser(Uri? address = null) => new(address ?? Address);

    /// <summary>An account of its own for a test, with the password of all.</summary>
    public async Task<Account> CreateAsync(params string[] roles)
    {
        var account = new Account
        {
            Id = Account.NewId(),
            Email = $"person{Interlocked.Increment(ref _accounts)}@trader.example",
            Name = new PersonName("Ada", "Example"),
            EmailConfirmed = true,
            Roles = [.. roles],
        };
        await UsersAsync(async users => Assert.True((await users.CreateAsync(account, Password)).Succeeded));
        return account;
    }

    public async Task UsersAsync(Func<UserManager<Account>, Task> act)
    {
        await using var scope = Services.CreateAsyncScope();
        await act(scope.ServiceProvider.GetRequiredService<UserManager<Account>>());
    }

    public Task UsersAsync(Account account, Func<UserManager<Account>, Account, Task> act) =>
        UsersAsync(async users => await act(users, (await users.FindByIdAsync(account.Id))!));

    public Task<T> ScalarAsync<T>(string sql, object? parameters = null) =>
        Database.ReadAsync(async connection => (await Dapper.SqlMapper.ExecuteScalarAsync<T>(connection, sql, parameters))!, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        foreach (var app in _apps)
        {
            await app.DisposeAsync();
        }

        await Database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static void Map(WebApplication app)
    {
        app.MapGet("/me", (HttpContext http) => http.User.Identity?.IsAuthenticated == true
            ? Results.Text(string.Join('\n', http.User.Claims.Select(claim => $"{claim.Type}={claim.Value}")))
            : Results.Unauthorized());
        app.MapGet("/private", () => "private").RequireAuthorization();
        app.MapPost("/password", async (HttpContext http, SignInWithPassword act) => Text(await act.ExecuteAsync(Field(http, "email"), Field(http, "password"), http.RequestAborted)));
        app.MapPost("/framework", async (HttpContext http, SignInManager<Account> signIn) => (await signIn.PasswordSignInAsync(Field(http, "email"), Field(http, "password"), false, true)).ToString());
        app.MapPost("/code", async (HttpContext http, SignInWithCode act) => Text(await act.ExecuteAsync(Field(http, "code"), http.RequestAborted)));
        app.MapPost("/recovery", async (HttpContext http, SignInWithRecoveryCode act) => Text(await act.ExecuteAsync(Field(http, "code"), http.RequestAborted)));
        app.MapPost("/passkey/options", (SignInWithPasskey act) => act.BeginAsync());
        app.MapPost("/passkey", async (HttpContext http, SignInWithPasskey act) => Text(await act.ExecuteAsync(Field(http, "credential"), http.RequestAborted)));
        app.MapPost("/passkey/new", async (UserManager<Account> users, HttpContext http, AccountSignIn signIn) =>
        {
            var account = (await users.GetUserAsync(http.User))!;
            return await signIn.MakePasskeyCreationOptionsAsync(new PasskeyUserEntity { Id = account.Id, Name = account.Email, DisplayName = account.Name.ToString() });
        });
        app.MapPost("/passkey/add", async (UserManager<Account> users, HttpContext http, AccountSignIn signIn) =>
        {
            var made = await signIn.PerformPasskeyAttestationAsync(Field(http, "credential"));
            return made.Succeeded && (await users.AddOrUpdatePasskeyAsync((await users.GetUserAsync(http.User))!, made.Passkey)).Succeeded ? "added" : $"refused {made.Failure?.Message}";
        });
        app.MapPost("/change-password", async (UserManager<Account> users, HttpContext http) =>
            (await users.ChangePasswordAsync((await users.GetUserAsync(http.User))!, Field(http, "password"), Field(http, "new"))).ToString());
        app.MapPost("/sign-out", (SignInManager<Account> signIn) => signIn.SignOutAsync());
        app.MapPost("/sign-out-everywhere", async (SignOutEverywhere act, CurrentSession current) =>
            (await act.ExecuteAsync(current.AccountId!, current.AccountId!, CancellationToken.None)).ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    private static string Field(HttpContext http, string name) => http.Request.Form[name].ToString();

    private static string Text(SignInAnswer answer) => answer is SignInAnswer.Wait wait ? $"Wait {wait.Seconds}" : answer.GetType().Name;

    private static KeyEncryptionKey NewEncryptionKey() =>
        KeyEncryptionKey.Load(new KeysOptions { EncryptionKey = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)) }, isDevelopment: true, "/")
            .Match(key => key, refusal => throw new InvalidOperationException(refusal.Detail));
}
