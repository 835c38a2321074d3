using TradeIdentity.Authority.OpenId;
using TradeIdentity.Authority.Tests.Keys;
using TradeIdentity.Authority.Tests.Storage;

namespace TradeIdentity.Authority.Tests.OpenId;

public sealed class PairwiseSubjectsOnSqliteTests(SqliteLedger ledger) : PairwiseSubjectsTests(ledger), IClassFixture<SqliteLedger>;

public sealed class PairwiseSubjectsOnPostgreSqlTests(PostgreSqlLedger ledger) : PairwiseSubjectsTests(ledger), IClassFixture<PostgreSqlLedger>;

public abstract class PairwiseSubjectsTests(LedgerFixture ledger)
{
    private readonly ManualTime _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Instances_that_begin_at_once_know_a_person_by_one_name_for_each_client()
    {
        var (database, key) = (await ledger.NewAsync(), TestKeys.NewEncryptionKey());
        PairwiseSubjects[] instances = [.. Enumerable.Range(0, 6).Select(_ => new PairwiseSubjects(ledger.OpenAgain(database), _time, key))];

        var subjects = await Task.WhenAll(instances.Select(instance => Task.Run(async () => await instance.OfAsync(Client("agency"), "person", Cancellation), Cancellation)));

        var subject = Assert.Single(subjects.Distinct());
        Assert.NotEqual("person", subject);
        Assert.NotEqual(subject, await instances[0].OfAsync(Client("carrier"), "person", Cancellation));
        Assert.NotEqual(subject, await instances[0].OfAsync(Client("agency"), "another", Cancellation));
        Assert.Equal(subject, await new PairwiseSubjects(ledger.OpenAgain(database), _time, key).OfAsync(Client("agency"), "person", Cancellation));
        await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await new PairwiseSubjects(ledger.OpenAgain(database), _time, TestKeys.NewEncryptionKey()).OfAsync(Client("agency"), "person", Cancellation));
    }

    private static ClientMetadata Client(string clientId) => ClientMetadata.Of(new OpenIdApplication
    {
        Id = clientId,
        ClientId = clientId,
        Settings = System.Collections.Immutable.ImmutableDictionary<string, string>.Empty.Add("subject_type", "pairwise"),
    });
}
