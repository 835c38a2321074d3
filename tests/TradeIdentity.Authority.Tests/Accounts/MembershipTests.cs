using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Accounts.Sessions;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Authority.Tests.Storage;

namespace TradeIdentity.Authority.Tests.Accounts;

public sealed class MembershipOnSqliteTests(SqliteLedger ledger) : MembershipTests(ledger), IClassFixture<SqliteLedger>;

public sealed class MembershipOnPostgreSqlTests(PostgreSqlLedger ledger) : MembershipTests(ledger), IClassFixture<PostgreSqlLedger>;

public abstract class MembershipTests(LedgerFixture ledger)
{
    private static readonly Tin First = Tin.Parse(TestAuthority.Tin);
    private static readonly Tin Second = Tin.Parse("NLEXAMPLE2");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_person_acts_for_several_operators_and_is_chosen_one_at_a_time()
    {
        await using var accounts = await StartAsync();
        var account = await accounts.CreateAsync();
        await GrantAsync(accounts, account, First, MembershipRoles.Representative);
        await GrantAsync(accounts, account, Second, MembershipRoles.Administrator, MembershipRoles.Representative);
        var session = await accounts.SignInAsync(account);
        var (choose, sessions) = (accounts.Get<ChooseOperator>(), accounts.Get<Authority.Accounts.Sessions.Sessions>());

        Assert.Equal([First, Second], (await accounts.Get<Memberships>().OfAccountAsync(account.Id, Cancellation)).Select(membership => membership.Tin));
        Assert.Null(session.ActingFor);
        TestAuthority.Value(await choose.ExecuteAsync(session, Second, Cancellation));
        Assert.Equal(Second, (await sessions.FindAsync(session.Sid, session.Generation, Cancellation))!.ActingFor);
        TestAuthority.Value(await choose.ExecuteAsync(session, null, Cancellation));
        Assert.Null((await sessions.FindAsync(session.Sid, session.Generation, Cancellation))!.ActingFor);
    }

    [Fact]
    public async Task Nobody_acts_for_an_operator_without_a_membership()
    {
        await using var accounts = await StartAsync();
        var (account, other) = (await accounts.CreateAsync(), await accounts.CreateAsync("ben@trader.example"));
        await GrantAsync(accounts, other, First, MembershipRoles.Representative);
        var session = await accounts.SignInAsync(account);

        Assert.Equal("membership_unknown", (await accounts.Get<ChooseOperator>().ExecuteAsync(session, First, Cancellation)).Refusal!.Code);
        Assert.Null(await accounts.Get<Memberships>().FindAsync(account.Id, First, Cancellation));
    }

    [Fact]
    public async Task The_end_of_a_membership_takes_the_choice_out_of_open_sessions_and_it_can_begin_again()
    {
        await using var accounts = await StartAsync();
        var account = await accounts.CreateAsync();
        var first = await GrantAsync(accounts, account, First, MembershipRoles.Representative);
        var session = await accounts.SignInAsync(account);
        TestAuthority.Value(await accounts.Get<ChooseOperator>().ExecuteAsync(session, First, Cancellation));

        TestAuthority.Value(await accounts.Get<EndMembership>().ExecuteAsync(account.Id, First, "officer", Cancellation));

        Assert.Null((await accounts.Get<Authority.Accounts.Sessions.Sessions>().FindAsync(session.Sid, session.Generation, Cancellation))!.ActingFor);
        Assert.Empty(await accounts.Get<Memberships>().OfOperatorAsync(First, Cancellation));
        Assert.Equal("membership_unknown", (await accounts.Get<EndMembership>().ExecuteAsync(account.Id, First, "officer", Cancellation)).Refusal!.Code);
        Assert.NotEqual(first, await GrantAsync(accounts, account, First, MembershipRoles.Representative));
        Assert.Equal(["membership-granted", "account-signed-in", "membership-ended", "membership-granted"], (await accounts.ActsAsync(account))[1..]);
    }

    [Fact]
    public async Task Granting_again_changes_the_roles_of_the_one_membership()
    {
        await using var accounts = await StartAsync();
        var account = await accounts.CreateAsync();
        var first = await GrantAsync(accounts, account, First, MembershipRoles.Representative);

        Assert.Equal(first, await GrantAsync(accounts, account, First, MembershipRoles.Administrator));
        Assert.Equal([MembershipRoles.Administrator], (await accounts.Get<Memberships>().FindAsync(account.Id, First, Cancellation))!.Roles);
    }

    [Theory]
    [InlineData("NLNOBODY", true, MembershipRoles.Representative, "operator_unknown")]
    [InlineData(TestAuthority.Tin, false, MembershipRoles.Representative, "account_unknown")]
    [InlineData(TestAuthority.Tin, true, "owner", "membership_role_unknown")]
    public async Task What_does_not_exist_is_not_granted(string tin, bool exists, string role, string code)
    {
        await using var accounts = await StartAsync();
        var id = exists ? (await accounts.CreateAsync()).Id : Account.NewId();
        Assert.Equal(code, (await accounts.Get<GrantMembership>().ExecuteAsync(id, Tin.Parse(tin), [role], "officer", Cancellation)).Refusal!.Code);
    }

    private async Task<TestAccounts> StartAsync()
    {
        var database = await ledger.NewAsync();
        using var authority = await TestAuthority.StartAsync(database);
        await authority.RegisterAsync(TestAuthority.OperatorJson(Second.Value, "Example Zweite B.V."));
        return new TestAccounts(database);
    }

    private static async Task<string> GrantAsync(TestAccounts accounts, Account account, Tin tin, params string[] roles) =>
        TestAuthority.Value(await accounts.Get<GrantMembership>().ExecuteAsync(account.Id, tin, roles, "officer", Cancellation));
}
