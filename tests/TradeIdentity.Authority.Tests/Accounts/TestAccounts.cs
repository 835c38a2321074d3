using Dapper;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Accounts.Mail;
using TradeIdentity.Authority.Accounts.Passwords;
using TradeIdentity.Authority.Accounts.Sessions;
using TradeIdentity.Authority.Keys;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Authority.Tests.Keys;

namespace TradeIdentity.Authority.Tests.Accounts;

/// <summary>Accounts as a server has them, on a database of the test, in one request that can be given a session.</summary>
public sealed class TestAccounts : IAsyncDisposable
{
    public const string Password = "quite a long sentence 7";

    private readonly ServiceProvider _services;
    private readonly AsyncServiceScope _scope;

    public TestAccounts(Database database, KeyEncryptionKey? encryptionKey = null, string? breachedPasswords = null, IMailOut? mailOut = null, params IFollowSessionEnds[] followers)
    {
        Database = database;
        EncryptionKey = encryptionKey ?? TestKeys.NewEncryptionKey();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(database);
        services.AddSingleton<TimeProvider>(Time);
        services.AddSingleton(EncryptionKey);
        services.AddSingleton(mailOut ?? new MaildirMailOut(Path.GetTempPath(), "unused", Time));
        services.AddSingleton(new AccountMails(new Uri("https://identity.customs.example/"), new Dictionary<string, string> { ["en"] = "Example Customs" }));
        foreach (var follower in followers)
        {
            services.AddSingleton(follower);
        }

        services.AddAccountStores(TestAuthority.Value(BreachedPasswords.Open(breachedPasswords)));
        // The count of production takes a fifth of a second each; one test of its own measures that it is set.
        services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = 1000);
        _services = services.BuildServiceProvider();
        _scope = _services.CreateAsyncScope();
        Get<IHttpContextAccessor>().HttpContext = new DefaultHttpContext();
    }

    public Database Database { get; }

    public KeyEncryptionKey EncryptionKey { get; }

    public ManualTime Time { get; } = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    public UserManager<Account> Users => Get<UserManager<Account>>();

    public CurrentSession Current => Get<CurrentSession>();

    public T Get<T>()
        where T : notnull => _scope.ServiceProvider.GetRequiredService<T>();

    public async Task<Account> CreateAsync(string email = "ada@trader.example", params string[] roles)
    {
        var account = new Account { Id = Account.NewId(), Email = email, Name = new PersonName("Ada", "Example"), EmailConfirmed = true, Roles = [.. roles] };
        Succeeds(await Users.CreateAsync(account, Password));
        return account;
    }

    public async Task<Account> ReadAsync(Account account) => (await Users.FindByIdAsync(account.Id))!;

    public Task<Session> SignInAsync(Account account, SignInEvidence? evidence = null, Session? replaced = null) =>
        Get<StartSession>().ExecuteAsync(account, evidence ?? SignInEvidence.Password, "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0", replaced, CancellationToken.None);

    /// <summary>The acts of the audit trail on this account, oldest first.</summary>
    public Task<List<string>> ActsAsync(Account account) => Database.ReadAsync(
        async connection => (await connection.QueryAsync<string>("SELECT act FROM audit_entries WHERE subject = @Subject ORDER BY sequence", new { Subject = $"account:{account.Id}" })).AsList(),
        CancellationToken.None);

    public Task<T> ScalarAsync<T>(string sql, object? parameters = null) => Database.ReadAsync(async connection => (await connection.ExecuteScalarAsync<T>(sql, parameters))!, CancellationToken.None);

    public static void Succeeds(IdentityResult result) => Assert.True(result.Succeeded, string.Join(' ', result.Errors.Select(error => error.Code)));

    public async ValueTask DisposeAsync()
    {
        await _scope.DisposeAsync();
        await _services.DisposeAsync();
    }
}
