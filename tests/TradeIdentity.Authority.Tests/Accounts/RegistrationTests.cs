using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Accounts.Mail;
using TradeIdentity.Authority.Accounts.Registration;
using TradeIdentity.Authority.Accounts.Sessions;
using TradeIdentity.Authority.Tests.Storage;

namespace TradeIdentity.Authority.Tests.Accounts;

public sealed class RegistrationOnSqliteTests(SqliteLedger ledger) : RegistrationTests(ledger), IClassFixture<SqliteLedger>;

public sealed class RegistrationOnPostgreSqlTests(PostgreSqlLedger ledger) : RegistrationTests(ledger), IClassFixture<PostgreSqlLedger>;

public abstract class RegistrationTests(LedgerFixture ledger)
{
    private const string Email = "new@trader.example";
    private const string Other = "another long sentence 8";
    private static readonly PersonName Name = new("Ada", "Example");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_account_opens_with_the_link_that_was_mailed_and_not_before()
    {
        await using var accounts = new TestAccounts(await ledger.NewAsync());

        Assert.IsType<MailActAnswer.Sent>(await RegisterAsync(accounts));

        var (id, token) = Link(accounts, "/account/confirm-email");
        Assert.False((await accounts.Users.FindByIdAsync(id))!.EmailConfirmed);
        Assert.False(await accounts.Get<ConfirmEmail>().ExecuteAsync(id, token[..^2]));
        Assert.False(await accounts.Get<ConfirmEmail>().ExecuteAsync((await accounts.CreateAsync()).Id, token));
        Assert.True(await accounts.Get<ConfirmEmail>().ExecuteAsync(id, token));
        Assert.True((await accounts.Users.FindByIdAsync(id))!.EmailConfirmed);
    }

    [Fact]
    public async Task An_address_that_has_an_account_is_answered_alike_and_its_owner_told()
    {
        await using var accounts = new TestAccounts(await ledger.NewAsync());
        var account = await accounts.CreateAsync(Email);

        Assert.IsType<MailActAnswer.Sent>(await RegisterAsync(accounts, Other));

        Assert.StartsWith("You have an account already", Mail(accounts).Subject, StringComparison.Ordinal);
        Assert.True(await accounts.Users.CheckPasswordAsync(await accounts.ReadAsync(account), TestAccounts.Password));
    }

    [Fact]
    public async Task Of_two_who_register_one_address_the_last_password_counts_and_the_first_link_is_void()
    {
        await using var accounts = new TestAccounts(await ledger.NewAsync());
        await RegisterAsync(accounts);
        var (id, first) = Link(accounts, "/account/confirm-email");
        await RegisterAsync(accounts, Other);
        var (sameId, second) = Link(accounts, "/account/confirm-email");

        Assert.Equal(id, sameId);
        Assert.False(await accounts.Get<ConfirmEmail>().ExecuteAsync(id, first));
        Assert.True(await accounts.Get<ConfirmEmail>().ExecuteAsync(id, second));
        Assert.True(await accounts.Users.CheckPasswordAsync((await accounts.Users.FindByIdAsync(id))!, Other));
    }

    [Theory]
    [InlineData("new", TestAccounts.Password, "Ada", "InvalidEmail")]
    [InlineData("new@trader.example\r\nBcc:x@y.example", TestAccounts.Password, "Ada", "InvalidEmail")]
    [InlineData("a@b@trader.example", TestAccounts.Password, "Ada", "InvalidEmail")]
    [InlineData(Email, "short", "Ada", "PasswordTooShort")]
    [InlineData(Email, "password1234", "Ada", "PasswordBreached")]
    [InlineData(Email, TestAccounts.Password, "Ada\nBcc: x@y.example", "InvalidName")]
    public async Task What_is_entered_wrongly_is_named_and_nothing_stored_or_sent(string email, string password, string given, string code)
    {
        await using var accounts = new TestAccounts(await ledger.NewAsync());

        var answer = await accounts.Get<RegisterAccount>().ExecuteAsync(email, password, new PersonName(given, ""), "en", "network", Cancellation);

        Assert.Equal(code, Assert.Single(Assert.IsType<MailActAnswer.Invalid>(answer).Codes));
        Assert.Equal(0, await accounts.ScalarAsync<long>("SELECT COUNT(*) FROM accounts"));
        Assert.False(accounts.Get<WaitingMail>().All.TryRead(out _));
    }

    [Fact]
    public async Task Without_mail_registration_says_so_and_stores_nothing()
    {
        await using var accounts = new TestAccounts(await ledger.NewAsync(), mailOut: new NoMailOut());

        Assert.IsType<MailActAnswer.NoMail>(await RegisterAsync(accounts));
        Assert.IsType<MailActAnswer.NoMail>(await accounts.Get<ResetPassword>().SendAsync(Email, "network", Cancellation));
        Assert.Equal(0, await accounts.ScalarAsync<long>("SELECT COUNT(*) FROM accounts"));
    }

    [Fact]
    public async Task A_person_is_not_flooded_with_mail()
    {
        await using var accounts = new TestAccounts(await ledger.NewAsync());
        for (var mail = 0; mail < 5; mail++)
        {
            Assert.IsType<MailActAnswer.Sent>(await accounts.Get<ResetPassword>().SendAsync(Email, $"network{mail}", Cancellation));
        }

        Assert.Equal(3600, Assert.IsType<MailActAnswer.Wait>(await RegisterAsync(accounts)).Seconds);
    }

    [Fact]
    public async Task A_reset_sets_the_password_once_and_ends_all_sessions()
    {
        await using var accounts = new TestAccounts(await ledger.NewAsync());
        var account = await accounts.CreateAsync(Email);
        var session = await accounts.SignInAsync(account);
        var (reset, sessions) = (accounts.Get<ResetPassword>(), accounts.Get<Authority.Accounts.Sessions.Sessions>());
        Assert.IsType<MailActAnswer.Sent>(await reset.SendAsync(Email.ToUpperInvariant(), "network", Cancellation));
        var (id, token) = Link(accounts, "/account/reset-password");

        Assert.False(await accounts.Get<ConfirmEmail>().ExecuteAsync(id, token));
        Assert.Equal(["PasswordTooShort"], await reset.ExecuteAsync(id, token, "short", Cancellation));
        Assert.NotNull(await sessions.FindAsync(session.Sid, session.Generation, Cancellation));
        Assert.Empty(await reset.ExecuteAsync(id, token, Other, Cancellation));

        Assert.Null(await sessions.FindAsync(session.Sid, session.Generation, Cancellation));
        Assert.True(await accounts.Users.CheckPasswordAsync(await accounts.ReadAsync(account), Other));
        Assert.Equal(["InvalidToken"], await reset.ExecuteAsync(id, token, TestAccounts.Password, Cancellation));
    }

    [Fact]
    public async Task No_mail_goes_to_who_has_no_account()
    {
        await using var accounts = new TestAccounts(await ledger.NewAsync());
        Assert.IsType<MailActAnswer.Sent>(await accounts.Get<ResetPassword>().SendAsync("nobody@trader.example", "network", Cancellation));
        Assert.False(accounts.Get<WaitingMail>().All.TryRead(out _));
    }

    [Fact]
    public async Task A_mail_is_in_the_language_of_its_reader()
    {
        await using var accounts = new TestAccounts(await ledger.NewAsync());
        await accounts.Get<RegisterAccount>().ExecuteAsync(Email, TestAccounts.Password, Name, "fr-CA", "network", Cancellation);
        Assert.Equal("Confirmez votre adresse électronique", Mail(accounts).Subject);
    }

    private static Task<MailActAnswer> RegisterAsync(TestAccounts accounts, string password = TestAccounts.Password) =>
        accounts.Get<RegisterAccount>().ExecuteAsync(Email, password, Name, "en", "network", Cancellation);

    private static OutgoingMail Mail(TestAccounts accounts)
    {
        Assert.True(accounts.Get<WaitingMail>().All.TryRead(out var mail));
        return mail;
    }

    private static (string Id, string Token) Link(TestAccounts accounts, string path)
    {
        var line = Assert.Single(Mail(accounts).Text.Split('\n'), line => line.StartsWith("https://", StringComparison.Ordinal));
        Assert.StartsWith($"https://identity.customs.example{path}?account=", line, StringComparison.Ordinal);
        var query = line[(line.IndexOf('?', StringComparison.Ordinal) + 1)..].Split('&').Select(field => field.Split('=', 2)).ToDictionary(field => field[0], field => Uri.UnescapeDataString(field[1]));
        return (query["account"], query["token"]);
    }
}
