using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace TradeIdentity.Server.Tests.Accounts;

public sealed class BootstrapUsersTests(AccountsHost host) : IClassFixture<AccountsHost>
{
    private const string Email = "first.officer@customs.example";
    private const string Other = "another long sentence 8";

    [Fact]
    public async Task A_second_start_changes_nothing_and_changed_roles_are_taken_over_while_the_owners_password_stays()
    {
        await host.StartAsync(Environments.Development, Configured(("Roles", "administrator registrar")));
        using var browser = host.NewBrowser();
        Assert.Equal("SignedIn", await browser.SignInAsync(Email));

        await host.StartAsync(Environments.Development, Configured(("Roles", "administrator registrar"), ("Password", Other)));
        await host.StartAsync(Environments.Development, Configured(("Roles:0", "auditor"), ("Password", null)));

        Assert.Equal("SignedIn", await browser.SignInAsync(Email));
        Assert.Equal("auditor", await host.ScalarAsync<string>("SELECT roles FROM accounts WHERE email = @Email", new { Email }));
        Assert.Equal("account-created,account-roles-changed", await host.ScalarAsync<string>(
            "SELECT group_concat(act) FROM (SELECT act FROM audit_entries WHERE act IN ('account-created', 'account-roles-changed', 'account-password-changed') AND subject = (SELECT 'account:' || id FROM accounts WHERE email = @Email) ORDER BY sequence)", new { Email }));
    }

    [Fact]
    public async Task Instances_that_start_at_once_make_one_account()
    {
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => host.StartAsync(Environments.Development, Configured(("Email", "at.once@customs.example")))));
        Assert.Equal(1, await host.ScalarAsync<long>("SELECT COUNT(*) FROM accounts WHERE email = 'at.once@customs.example'"));
    }

    [Theory]
    [InlineData("Email", "nobody", "Bootstrap:Users:0:Email is 'nobody'")]
    [InlineData("Email", "", "Bootstrap:Users:0:Email is ''")]
    [InlineData("Password", "short", "Bootstrap:Users:0: ")]
    [InlineData("Password", "password1234", "Bootstrap:Users:0: ")]
    [InlineData("Password", "", "Bootstrap:Users:0: new@customs.example has no account yet")]
    [InlineData("Roles", "administrator king", "Bootstrap:Users:0:Roles has 'king'")]
    [InlineData("Role", "administrator", "Bootstrap:Users:0:Role is not a known key")]
    public async Task A_wrong_user_stops_the_start_and_names_its_key(string key, string value, string expected)
    {
        var stopped = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Environments.Development, Configured(("Email", "new@customs.example"), (key, value))));
        Assert.StartsWith(expected, Assert.Single(stopped.Failures), StringComparison.Ordinal);
    }

    private static (string Key, string? Value)[] Configured(params (string Key, string? Value)[] changes) =>
        [
            .. new[] { ("Email", Email), ("Password", AccountsHost.Password) }.Where(field => changes.All(change => change.Key != field.Item1)).Select(field => ($"Bootstrap:Users:0:{field.Item1}", (string?)field.Item2)),
            .. changes.GroupBy(change => change.Key).Select(change => ($"Bootstrap:Users:0:{change.Key}", change.Last().Value)),
        ];
}
