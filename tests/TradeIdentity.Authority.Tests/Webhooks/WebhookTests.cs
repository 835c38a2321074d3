using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Notices;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Authority.Tests.Mandates;
using TradeIdentity.Authority.Tests.Storage;
using TradeIdentity.Authority.Webhooks;
using static TradeIdentity.Authority.Tests.Mandates.TestMandates;

namespace TradeIdentity.Authority.Tests.Webhooks;

public sealed class WebhooksOnSqliteTests(SqliteLedger ledger) : WebhookTests(ledger), IClassFixture<SqliteLedger>;

public sealed class WebhooksOnPostgreSqlTests(PostgreSqlLedger ledger) : WebhookTests(ledger), IClassFixture<PostgreSqlLedger>;

public abstract class WebhookTests(LedgerFixture ledger)
{
    private const string Address = "https://notices.trader.example/tradeidentity";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_is_sent_to_an_address_before_somebody_has_answered_there()
    {
        using var mandates = await StartAsync(await ledger.NewAsync());
        var hooks = await Hooks.OfAsync(mandates);
        var webhook = await hooks.AddAsync();
        Assert.Equal(WebhookState.Unconfirmed, webhook.State);
        await mandates.OfferedAsync(mandates.Offer(Importer, Brokers[0]));

        var asked = Assert.Single(await hooks.Outbox.TakeDueAsync(Cancellation));
        Assert.Null(asked.Notice);
        Assert.Empty(await hooks.Outbox.TakeDueAsync(Cancellation));
        await hooks.Outbox.DeliveredAsync(asked, 202, Cancellation);
        Assert.Equal(WebhookState.Active, Assert.Single(await hooks.Reader.OfOperatorAsync(Importer, Cancellation)).State);
        // What was told before is not sent.
        Assert.Empty(await hooks.Outbox.TakeDueAsync(Cancellation));

        var offered = await mandates.OfferedAsync(mandates.Offer(Importer, Brokers[1]));
        var told = Assert.Single(await hooks.Outbox.TakeDueAsync(Cancellation));
        Assert.Equal(("mandate-granted", offered.Last.Id, webhook.Id), (told.Notice!.Kind, told.Notice.About, told.Webhook.Id));
        Assert.Contains(new NoticeFact("representation", "direct"), told.Notice.Facts);
    }

    [Fact]
    public async Task A_message_goes_with_its_act_or_not_at_all()
    {
        using var mandates = await StartAsync(await ledger.NewAsync());
        var hooks = await Hooks.OfAsync(mandates);
        await hooks.ConfirmedAsync();
        var offered = await mandates.OfferedAsync(mandates.Offer(Importer, Brokers[0]));
        Assert.Single(await hooks.Outbox.TakeDueAsync(Cancellation));
        TestAuthority.Value(await mandates.Answer.AcceptAsync(offered.Last.Id, mandates.Of(Brokers[0]), Cancellation));
        Assert.NotNull((await mandates.Answer.AcceptAsync(offered.Last.Id, mandates.Of(Brokers[0]), Cancellation)).Refusal);
        Assert.Equal("mandate-accepted", Assert.Single(await hooks.Outbox.TakeDueAsync(Cancellation)).Notice!.Kind);
    }

    [Fact]
    public async Task Whoever_does_not_answer_for_a_day_is_paused_told_of_and_given_all_of_it_when_they_answer_again()
    {
        using var mandates = await StartAsync(await ledger.NewAsync());
        var hooks = await Hooks.OfAsync(mandates);
        var webhook = await hooks.ConfirmedAsync();
        await mandates.OfferedAsync(mandates.Offer(Importer, Brokers[0]));
        var (began, waits) = (mandates.Authority.Time.GetUtcNow(), new List<TimeSpan>());
        string? first = null;
        var paused = false;
        while (!paused)
        {
            var due = Assert.Single(await hooks.Outbox.TakeDueAsync(Cancellation));
            Assert.Equal(first ??= due.Id, due.Id);
            Assert.Equal(waits.Count + 1, due.Attempts);
            paused = await hooks.Outbox.FailedAsync(due, 503, isGone: false, Cancellation);
            var delivery = (await hooks.Reader.DeliveriesAsync(webhook.Id, null, 10, Cancellation))[0];
            if (delivery.NextAttemptAt is { } next)
            {
                waits.Add(next - mandates.Authority.Time.GetUtcNow());
                mandates.Authority.Time.Advance(waits[^1] - TimeSpan.FromSeconds(1));
                Assert.Empty(await hooks.Outbox.TakeDueAsync(Cancellation));
                mandates.Authority.Time.Advance(TimeSpan.FromSeconds(1));
            }
        }

        Assert.Equal(waits.Order(), waits);
        Assert.InRange(mandates.Authority.Time.GetUtcNow() - began, TimeSpan.FromDays(0.9), TimeSpan.FromDays(1.3));
        Assert.Equal(WebhookState.Paused, (await hooks.Reader.FindAsync(webhook.Id, Importer, Cancellation))!.State);
        var told = (await new NoticeReader(mandates.Authority.Database).PageAsync("somebody", Importer, null, 10, Cancellation))[0];
        Assert.Equal(("webhook-paused", webhook.Id), (told.Kind, told.About));

        // Of what comes while it is paused nothing is tried, and nothing is lost.
        mandates.Authority.Time.Advance(TimeSpan.FromSeconds(1));
        await mandates.OfferedAsync(mandates.Offer(Importer, Brokers[1]));
        Assert.Empty(await hooks.Outbox.TakeDueAsync(Cancellation));
        TestAuthority.Value(await hooks.Test.ExecuteAsync(webhook.Id, Importer, hooks.Administrator, Cancellation));
        var asked = Assert.Single(await hooks.Outbox.TakeDueAsync(Cancellation));
        Assert.Null(asked.Notice);
        await hooks.Outbox.DeliveredAsync(asked, 202, Cancellation);
        Assert.Equal(["mandate-granted", "webhook-paused", "mandate-granted"], (await hooks.Outbox.TakeDueAsync(Cancellation)).Select(due => due.Notice!.Kind));
    }

    [Fact]
    public async Task A_receiver_that_is_gone_is_paused_at_once()
    {
        using var mandates = await StartAsync(await ledger.NewAsync());
        var hooks = await Hooks.OfAsync(mandates);
        var webhook = await hooks.ConfirmedAsync();
        await mandates.OfferedAsync(mandates.Offer(Importer, Brokers[0]));
        Assert.True(await hooks.Outbox.FailedAsync(Assert.Single(await hooks.Outbox.TakeDueAsync(Cancellation)), 410, isGone: true, Cancellation));
        var delivery = Assert.Single(await hooks.Reader.DeliveriesAsync(webhook.Id, null, 10, Cancellation), delivery => delivery.Kind == "mandate-granted");
        Assert.Equal((WebhookDeliveryState.GivenUp, 410), (delivery.State, delivery.Answer));
    }

    [Fact]
    public async Task Two_instances_send_each_message_once()
    {
        using var mandates = await StartAsync(await ledger.NewAsync());
        var hooks = await Hooks.OfAsync(mandates);
        await hooks.ConfirmedAsync();
        for (var i = 0; i < 40; i++)
        {
            await mandates.OfferedAsync(mandates.Offer(Importer, Brokers[i % 3]));
        }

        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => hooks.Outbox.TakeDueAsync(Cancellation), Cancellation)));
        // An instance that wanted what another took at that moment gets nothing: the rest is there at the next look.
        var rest = await hooks.Outbox.TakeDueAsync(Cancellation);
        var ids = taken.SelectMany(due => due).Concat(rest).Select(due => due.Id).ToList();
        Assert.Equal(40, ids.Count);
        Assert.Equal(40, ids.Distinct().Count());
    }

    [Fact]
    public async Task A_message_is_sent_again_when_an_administrator_wants_it()
    {
        using var mandates = await StartAsync(await ledger.NewAsync());
        var hooks = await Hooks.OfAsync(mandates);
        var webhook = await hooks.ConfirmedAsync();
        await mandates.OfferedAsync(mandates.Offer(Importer, Brokers[0]));
        var sent = Assert.Single(await hooks.Outbox.TakeDueAsync(Cancellation));
        Refused("webhook_delivery_unknown", await hooks.Resend.ExecuteAsync(webhook.Id, sent.Id, Importer, hooks.Administrator, Cancellation));
        await hooks.Outbox.DeliveredAsync(sent, 200, Cancellation);
        TestAuthority.Value(await hooks.Resend.ExecuteAsync(webhook.Id, sent.Id, Importer, hooks.Administrator, Cancellation));
        Assert.Equal(sent.Id, Assert.Single(await hooks.Outbox.TakeDueAsync(Cancellation)).Id);
    }

    [Fact]
    public async Task A_test_message_is_not_repeated_while_one_is_on_its_way()
    {
        using var mandates = await StartAsync(await ledger.NewAsync());
        var hooks = await Hooks.OfAsync(mandates);
        var webhook = await hooks.AddAsync();
        Refused("webhook_asked", await hooks.Test.ExecuteAsync(webhook.Id, Importer, hooks.Administrator, Cancellation));
        await hooks.Outbox.DeliveredAsync(Assert.Single(await hooks.Outbox.TakeDueAsync(Cancellation)), 202, Cancellation);
        Refused("webhook_asked", await hooks.Test.ExecuteAsync(webhook.Id, Importer, hooks.Administrator, Cancellation));
        mandates.Authority.Time.Advance(TimeSpan.FromSeconds(31));
        TestAuthority.Value(await hooks.Test.ExecuteAsync(webhook.Id, Importer, hooks.Administrator, Cancellation));
    }

    [Theory]
    [InlineData("http://notices.trader.example/")]
    [InlineData("https://localhost/notices")]
    [InlineData("https://127.0.0.1/notices")]
    [InlineData("https://user@notices.trader.example/")]
    [InlineData("https://notices.trader.example/#part")]
    [InlineData("https://NOTICES.trader.example/")]
    [InlineData("https://nоtices.trader.example/")]
    [InlineData("notices.trader.example")]
    [InlineData("")]
    public async Task An_address_that_is_none_is_refused(string address)
    {
        using var mandates = await StartAsync(await ledger.NewAsync());
        var hooks = await Hooks.OfAsync(mandates);
        Refused("webhook_address_invalid", await hooks.Add.ExecuteAsync(Importer, address, hooks.Administrator, Cancellation));
    }

    [Fact]
    public async Task Only_administrators_of_the_operator_have_to_do_with_its_webhooks()
    {
        using var mandates = await StartAsync(await ledger.NewAsync());
        var hooks = await Hooks.OfAsync(mandates);
        var webhook = await hooks.AddAsync();
        var representative = await mandates.PersonAsync(Importer, MembershipRoles.Representative);
        var ofAnother = await mandates.PersonAsync(Brokers[0]);
        foreach (var person in (string[])[representative, ofAnother])
        {
            Refused("webhook_administrator_required", await hooks.Add.ExecuteAsync(Importer, "https://other.trader.example/", person, Cancellation));
            Refused("webhook_administrator_required", await hooks.Test.ExecuteAsync(webhook.Id, Importer, person, Cancellation));
            Refused("webhook_administrator_required", await hooks.Remove.ExecuteAsync(webhook.Id, Importer, person, Cancellation));
        }

        // Of a webhook of another the administrator of one learns nothing.
        Refused("webhook_unknown", await hooks.Test.ExecuteAsync(webhook.Id, Brokers[0], ofAnother, Cancellation));
        Refused("webhook_unknown", await hooks.Remove.ExecuteAsync(webhook.Id, Brokers[0], ofAnother, Cancellation));
        Refused("webhook_unknown", await hooks.Resend.ExecuteAsync(webhook.Id, "1", Brokers[0], ofAnother, Cancellation));
        Assert.Null(await hooks.Reader.FindAsync(webhook.Id, Brokers[0], Cancellation));
    }

    [Fact]
    public async Task There_is_one_of_an_address_and_few_of_an_operator_and_what_is_removed_is_sent_nothing()
    {
        using var mandates = await StartAsync(await ledger.NewAsync());
        var hooks = await Hooks.OfAsync(mandates);
        var webhook = await hooks.ConfirmedAsync();
        Refused("webhook_exists", await hooks.Add.ExecuteAsync(Importer, Address, hooks.Administrator, Cancellation));
        var added = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => hooks.Add.ExecuteAsync(Importer, $"https://other{i}.trader.example/", hooks.Administrator, Cancellation)));
        Assert.Equal(WebhookTerms.MostWebhooks - 1, added.Count(outcome => outcome.Refusal is null));
        Assert.All(added.Where(outcome => outcome.Refusal is not null), outcome => Refused("webhook_limit", outcome));

        await mandates.OfferedAsync(mandates.Offer(Importer, Brokers[0]));
        TestAuthority.Value(await hooks.Remove.ExecuteAsync(webhook.Id, Importer, hooks.Administrator, Cancellation));
        Assert.DoesNotContain(await hooks.Outbox.TakeDueAsync(Cancellation), due => due.Notice is not null);
    }

    [Fact]
    public async Task The_log_goes_back_ninety_days()
    {
        using var mandates = await StartAsync(await ledger.NewAsync());
        var hooks = await Hooks.OfAsync(mandates);
        var webhook = await hooks.ConfirmedAsync();
        var prune = new PruneWebhookDeliveries(mandates.Authority.Database, mandates.Authority.Time);
        mandates.Authority.Time.Advance(TimeSpan.FromDays(PruneWebhookDeliveries.DaysKept - 1));
        Assert.Equal(0, await prune.ExecuteAsync(Cancellation));
        mandates.Authority.Time.Advance(TimeSpan.FromDays(2));
        Assert.Equal(1, await prune.ExecuteAsync(Cancellation));
        Assert.Empty(await hooks.Reader.DeliveriesAsync(webhook.Id, null, 10, Cancellation));
    }

    private static void Refused<T>(string code, Outcome<T> outcome)
        where T : notnull => Assert.Equal(code, outcome.Refusal?.Code);

    private sealed class Hooks(Database database, ManualTime time, string administrator)
    {
        public string Administrator => administrator;

        public AddWebhook Add { get; } = new(database, time);

        public RemoveWebhook Remove { get; } = new(database, time);

        public TestWebhook Test { get; } = new(database, time);

        public ResendToWebhook Resend { get; } = new(database, time);

        public WebhookReader Reader { get; } = new(database);

        public WebhookOutbox Outbox { get; } = new(database, time);

        public static async Task<Hooks> OfAsync(TestMandates mandates) =>
            new(mandates.Authority.Database, mandates.Authority.Time, await mandates.PersonAsync(Importer));

        public async Task<Webhook> AddAsync() => TestAuthority.Value(await Add.ExecuteAsync(Importer, Address, administrator, Cancellation));

        public async Task<Webhook> ConfirmedAsync()
        {
            var webhook = await AddAsync();
            await Outbox.DeliveredAsync(Assert.Single(await Outbox.TakeDueAsync(Cancellation)), 202, Cancellation);
            // Ids of one moment are in no order.
            time.Advance(TimeSpan.FromSeconds(1));
            return webhook;
        }
    }
}
