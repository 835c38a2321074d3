using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using TradeIdentity.Authority.Accounts.Mail;
using TradeIdentity.Authority.Keys;
using TradeIdentity.Server.Accounts;
using TradeIdentity.Server.Tests.OpenId;
using TradeIdentity.Server.Tests.OpenId.Authorization;

namespace TradeIdentity.Server.Tests.Accounts;

public sealed class RefusedMailTests(PersonHost host) : IClassFixture<PersonHost>
{
    [Fact(Timeout = 60_000)]
    public async Task A_mail_that_the_server_refuses_is_sent_when_it_takes_it()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var (clock, timers) = (new ForwardTime(), new SteppedTime());
        var outbox = new MailOutbox(host.Database, clock, host.Services.GetRequiredService<KeyEncryptionKey>());
        var (waiting, server) = (new WaitingMail(), new ReluctantServer());
        using var sending = new SendWaitingMail(waiting, outbox, server, timers, NullLogger<SendWaitingMail>.Instance);
        await sending.StartAsync(cancellation);
        Assert.True(waiting.TryAdd(new OutgoingMail("ada@trader.example", "Ada", "Subject", "Text")));
        await server.Refused.Task.WaitAsync(cancellation);

        // It is kept right after it was refused; a ring before that finds nothing, and the next one finds it.
        while (!server.Taken.Task.IsCompleted)
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            timers.Ring();
            await Task.Yield();
            cancellation.ThrowIfCancellationRequested();
        }

        Assert.Equal("Subject", (await server.Taken.Task).Subject);
        // It leaves the outbox when it is sent; were it to stay, this test would never end.
        while (await host.Database.ReadAsync(connection => connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM mail_outbox"), cancellation) > 0)
        {
            await Task.Yield();
            cancellation.ThrowIfCancellationRequested();
        }

        await sending.StopAsync(cancellation);
    }

    private sealed class ReluctantServer : IMailOut
    {
        public TaskCompletionSource Refused { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource<OutgoingMail> Taken { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool CanSend => true;

        public Task SendAsync(OutgoingMail mail, CancellationToken cancellationToken)
        {
            if (Refused.TrySetResult())
            {
                throw new MailNotSentException("Not now.", new IOException());
            }

            Taken.SetResult(mail);
            return Task.CompletedTask;
        }
    }
}
