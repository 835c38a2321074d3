using TradeIdentity.Authority.Credentials;
using TradeIdentity.Authority.Issuance;
using TradeIdentity.Authority.Mandates;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Tests.Storage;
using TradeIdentity.Verification.Credentials;
using TradeIdentity.Verification.Verdicts;
using static TradeIdentity.Authority.Tests.Mandates.TestMandates;

namespace TradeIdentity.Authority.Tests.Mandates;

public sealed class MandateCredentialOnSqliteTests(SqliteLedger ledger) : MandateCredentialTests(ledger), IClassFixture<SqliteLedger>;

public sealed class MandateCredentialOnPostgreSqlTests(PostgreSqlLedger ledger) : MandateCredentialTests(ledger), IClassFixture<PostgreSqlLedger>;

/// <summary>A mandate as a QR code, from the act to the verdict of a post without a network.</summary>
public abstract class MandateCredentialTests(LedgerFixture ledger)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_post_learns_which_link_of_four_was_broken(int broken)
    {
        using var mandates = await StartAsync(await ledger.NewAsync());
        var (links, _) = await mandates.FourLinksAsync();
        var issued = await IssuedAsync(mandates, Brokers[2], links[3]);

        var accepted = Assert.IsType<Verdict.Accepted>(await mandates.Authority.VerifyOfflineAsync(issued.QrText));
        Assert.Equal("Ada Example", accepted.Credential.Mandate!.Bearer);
        Assert.Equal((Brokers[2].Value, Importer.Value), (accepted.Credential.Tin, accepted.Credential.Mandate.Principal.Tin));
        Assert.Equal([Importer.Value, .. Brokers.Select(tin => tin.Value)], accepted.Credential.Mandate.Links.Select(link => link.Tin));

        var grantor = broken == 0 ? Importer : Brokers[broken - 1];
        TestAuthority.Value(await mandates.End.ExecuteAsync(links[broken].Last.Id, "over", mandates.Of(grantor), Cancellation));

        var rejected = Assert.IsType<Verdict.Rejected>(await mandates.Authority.VerifyOfflineAsync(issued.QrText));
        Assert.Equal(RejectionReason.MandateBroken, rejected.Reason);
        Assert.Equal(broken, rejected.Evidence.LinkStatuses.ToList().IndexOf(Verification.Trust.StatusValue.Revoked));
    }

    [Fact]
    public async Task It_says_what_the_mandate_allows_and_no_more_of_the_representative_and_ends_with_it()
    {
        using var mandates = await StartAsync(await ledger.NewAsync());
        Assert.True(ValueLimit.TryCreate(9000, "EUR", out var limit));
        var chain = await mandates.AcceptedAsync(mandates.Offer(Importer, Brokers[0]) with
        {
            Kind = MandateKind.Indirect,
            Scope = new MandateScope { Declarations = ["import", "entry-summary"], Procedures = ["40"], Places = ["NLRTM"], ValueLimit = limit },
        });

        var credential = Assert.IsType<Verdict.Accepted>(await mandates.Authority.VerifyOfflineAsync((await IssuedAsync(mandates, Brokers[0], chain)).QrText)).Credential;

        var mandate = credential.Mandate!;
        Assert.Equal((Representation.Indirect, null), (mandate.Representation, mandate.Bearer));
        Assert.Equal([1, 4], mandate.Limits.Declarations);
        Assert.Equal(["40"], mandate.Limits.Procedures);
        Assert.Equal(["NLRTM"], mandate.Limits.Places);
        Assert.Equal((9000, "EUR"), (mandate.Limits.Value, mandate.Limits.Currency));
        Assert.Equal(chain.ValidUntil, credential.ExpiresAt);
        Assert.Empty(credential.Aeo);
        Assert.Empty(credential.Roles);
        Assert.Null(credential.Address);
    }

    [Fact]
    public async Task What_does_not_hold_or_is_of_another_is_not_issued()
    {
        using var mandates = await StartAsync(await ledger.NewAsync());
        var accepted = await mandates.AcceptedAsync(mandates.Offer(Importer, Brokers[0]));
        var offered = await mandates.OfferedAsync(mandates.Offer(Importer, Brokers[1]));
        var future = await mandates.AcceptedAsync(mandates.Offer(Importer, Brokers[1]) with { ValidFrom = mandates.Now.AddDays(1) });
        var ended = await mandates.AcceptedAsync(mandates.Offer(Importer, Brokers[1]));
        TestAuthority.Value(await mandates.End.ExecuteAsync(ended.Last.Id, "over", mandates.Of(Importer), Cancellation));

        foreach (var (tin, mandate, code) in new[]
        {
            (Brokers[0], null, "mandate_missing"), (Brokers[0], "none", "mandate_missing"), (Brokers[1], offered.Last.Id, "mandate_missing"),
            (Importer, accepted.Last.Id, "mandate_not_of_operator"), (Brokers[1], accepted.Last.Id, "mandate_not_of_operator"),
            (Brokers[1], future.Last.Id, "mandate_not_in_force"), (Brokers[1], ended.Last.Id, "mandate_not_in_force"),
        })
        {
            var outcome = await mandates.Authority.Issue.ExecuteAsync(new CredentialRequest(tin, CredentialTypes.Mandate, mandate), TestAuthority.Actor, Cancellation);
            Assert.Equal(code, outcome.Refusal?.Code);
        }
    }

    private static async Task<IssuedCredential> IssuedAsync(TestMandates mandates, Tin subject, MandateChain chain) =>
        TestAuthority.Value(await mandates.Authority.Issue.ExecuteAsync(new CredentialRequest(subject, CredentialTypes.Mandate, chain.Last.Id), TestAuthority.Actor, Cancellation));
}
