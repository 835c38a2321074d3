using TradeIdentity.Authority.OpenId;
using TradeIdentity.Authority.Tests.Storage;

namespace TradeIdentity.Authority.Tests.OpenId;

public sealed class RecentClientsOnSqliteTests(SqliteLedger ledger) : RecentClientsTests(ledger), IClassFixture<SqliteLedger>;

public sealed class RecentClientsOnPostgreSqlTests(PostgreSqlLedger ledger) : RecentClientsTests(ledger), IClassFixture<PostgreSqlLedger>;

/// <summary>Clients are kept for a second after they were read.</summary>
public abstract class RecentClientsTests(LedgerFixture ledger)
{
    private const string Client = "broker";

    private readonly ManualTime _time = new(DateTimeOffset.UnixEpoch.AddYears(60));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_another_instance_changes_counts_after_a_second()
    {
        var (here, there) = await TwoInstancesAsync();
        Assert.Equal("Before", await NameAsync(here));

        await RenameAsync(there, "After");
        _time.Advance(TimeSpan.FromMilliseconds(999));
        Assert.Equal("Before", await NameAsync(here));
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal("After", await NameAsync(here));

        await there.DeleteAsync((await there.FindByClientIdAsync(Client, Cancellation))!, Cancellation);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await here.FindByClientIdAsync(Client, Cancellation));
    }

    [Fact]
    public async Task What_this_instance_changes_counts_at_once()
    {
        var (here, _) = await TwoInstancesAsync();
        await NameAsync(here);
        await RenameAsync(here, "After");
        Assert.Equal("After", await NameAsync(here));
        await here.DeleteAsync((await here.FindByClientIdAsync(Client, Cancellation))!, Cancellation);
        Assert.Null(await here.FindByClientIdAsync(Client, Cancellation));
    }

    [Fact]
    public async Task What_is_done_to_one_answer_is_not_seen_in_the_next()
    {
        var (here, _) = await TwoInstancesAsync();
        var first = (await here.FindByClientIdAsync(Client, Cancellation))!;
        await here.SetDisplayNameAsync(first, "Not stored", Cancellation);
        var second = (await here.FindByClientIdAsync(Client, Cancellation))!;
        await here.SetDisplayNameAsync(second, "Not stored either", Cancellation);
        Assert.Equal("Before", await NameAsync(here));
    }

    [Fact]
    public async Task A_client_that_there_is_none_of_can_be_made_and_found_at_once()
    {
        var (here, _) = await TwoInstancesAsync();
        Assert.Null(await here.FindByClientIdAsync("late", Cancellation));
        await CreateAsync(here, "late");
        Assert.NotNull(await here.FindByClientIdAsync("late", Cancellation));
    }

    private async Task<(OpenIdApplicationStore Here, OpenIdApplicationStore There)> TwoInstancesAsync()
    {
        var database = await ledger.NewAsync();
        var (here, there) = (new OpenIdApplicationStore(database, _time), new OpenIdApplicationStore(database, _time));
        await CreateAsync(there, Client);
        return (here, there);
    }

    private static async Task CreateAsync(OpenIdApplicationStore store, string clientId)
    {
        var made = await store.InstantiateAsync(Cancellation);
        await store.SetClientIdAsync(made, clientId, Cancellation);
        await store.SetDisplayNameAsync(made, "Before", Cancellation);
        await store.CreateAsync(made, Cancellation);
    }

    private static async Task RenameAsync(OpenIdApplicationStore store, string name)
    {
        var client = (await store.FindByClientIdAsync(Client, Cancellation))!;
        await store.SetDisplayNameAsync(client, name, Cancellation);
        await store.UpdateAsync(client, Cancellation);
    }

    private static async Task<string?> NameAsync(OpenIdApplicationStore store) =>
        await store.GetDisplayNameAsync((await store.FindByClientIdAsync(Client, Cancellation))!, Cancellation);
}
