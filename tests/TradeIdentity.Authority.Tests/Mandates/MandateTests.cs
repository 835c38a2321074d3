using Dapper;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Accounts.Mail;
using TradeIdentity.Authority.Mandates;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Tests.Storage;
using TradeIdentity.Verification.Trust;
using static TradeIdentity.Authority.Tests.Mandates.TestMandates;

namespace TradeIdentity.Authority.Tests.Mandates;

public sealed class MandateOnSqliteTests(SqliteLedger ledger) : MandateTests(ledger), IClassFixture<SqliteLedger>;

public sealed class MandateOnPostgreSqlTests(PostgreSqlLedger ledger) : MandateTests(ledger), IClassFixture<PostgreSqlLedger>;

public abstract class MandateTests(LedgerFixture ledger)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mandate_holds_when_its_representative_has_accepted_and_within_its_dates()
    {
        using var mandates = await StartAsync(await ledger.NewAsync());
        var offered = await mandates.OfferedAsync(mandates.Offer(Importer, Brokers[0]) with { ValidFrom = mandates.Now.AddDays(1) });
        Assert.Equal(MandateFault.NotAccepted, await mandates.FaultAsync(offered));

        TestAuthority.Value(await mandates.Answer.AcceptAsync(offered.Last.Id, mandates.Of(Brokers[0]), Cancellation));

        Assert.Equal(MandateFault.NotYet, await mandates.FaultAsync(offered));
        mandates.Authority.Time.Advance(TimeSpan.FromDays(1));
        Assert.Null(await mandates.FaultAsync(offered));
        mandates.Authority.Time.Advance(TimeSpan.FromDays(99));
        Assert.Equal(MandateFault.Expired, await mandates.FaultAsync(offered));
    }

    [Fact]
    public async Task All_of_a_mandate_comes_back_as_it_was_granted()
    {
        using var mandates = await StartAsync(await ledger.NewAsync());
        Assert.True(ValueLimit.TryCreate(250_000, "EUR", out var limit));
        var offer = mandates.Offer(Importer, Brokers[0], furtherLevels: 2) with
        {
            Kind = MandateKind.Indirect,
            Scope = new MandateScope { Declarations = ["import", "transit"], Procedures = ["4000", "42"], Places = ["NLRTM", "NLAMS"], ValueLimit = limit },
        };
        var read = (await mandates.Reader.FindAsync((await mandates.AcceptedAsync(offer)).Last.Id, Cancellation))!.Last;

        Assert.Equal((Importer, Importer, offer.Representative, MandateKind.Indirect, 2, 0), (read.Principal, read.Grantor, read.Representative, read.Kind, read.FurtherLevels, read.Level));
        Assert.Equal(["import", "transit"], read.Scope.Declarations);
        Assert.Equal(["4000", "42"], read.Scope.Procedures);
        Assert.Equal(["NLAMS", "NLRTM"], read.Scope.Places);
        Assert.Equal(limit, read.Scope.ValueLimit);
        Assert.Equal((mandates.Now, mandates.Now.AddDays(100), mandates.Now, mandates.Now), (read.ValidFrom, read.ValidUntil, read.GrantedAt, read.AnsweredAt));
        Assert.Equal((MandateState.Accepted, StatusValue.Valid), (read.State, read.Status));
        Assert.NotNull(read.StatusReference);
    }

    [Fact]
    public async Task Nobody_grants_answers_or_ends_for_another()
    {
        using var mandates = await StartAsync(await ledger.NewAsync());
        var clerk = MandateActor.Person(await mandates.PersonAsync(Importer, MembershipRoles.Representative), Importer);
        var former = await mandates.PersonAsync(Importer);
        await mandates.Authority.Database.WriteAsync(tx => tx.ExecuteAsync("UPDATE memberships SET until = 1 WHERE account_id = @former", new { former }), Cancellation);
        // The administrator of the importer, who acts for nobody now.
        var idle = mandates.Of(Importer) with { ActingFor = null };
        foreach (var stranger in new[] { mandates.Of(Brokers[0]), mandates.Of(Brokers[0]) with { ActingFor = Importer }, clerk, MandateActor.Person(former, Importer), idle })
        {
            Assert.Equal("mandate_not_yours", (await mandates.Grant.ExecuteAsync(mandates.Offer(Importer, Brokers[0]), stranger, Cancellation)).Refusal?.Code);
        }

        var offered = await mandates.OfferedAsync(mandates.Offer(Importer, Brokers[0]));
        foreach (var stranger in new[] { mandates.Of(Importer), mandates.Of(Brokers[1]), MandateActor.Person(former, Brokers[0]) })
        {
            Assert.Equal("mandate_not_yours", (await mandates.Answer.AcceptAsync(offered.Last.Id, stranger, Cancellation)).Refusal?.Code);
            Assert.Equal("mandate_not_yours", (await mandates.Answer.DeclineAsync(offered.Last.Id, stranger, Cancellation)).Refusal?.Code);
        }

        foreach (var stranger in new[] { mandates.Of(Brokers[1]), clerk, idle })
        {
            Assert.Equal("mandate_not_yours", (await mandates.End.ExecuteAsync(offered.Last.Id, "because", stranger, Cancellation)).Refusal?.Code);
        }

        Assert.Equal(MandateFault.NotAccepted, await mandates.FaultAsync(offered));
    }

    [Fact]
    public async Task The_authority_enters_a_mandate_on_evidence_only()
    {
        using var mandates = await StartAsync(await ledger.NewAsync());
        var (offer, authority) = (mandates.Offer(Importer, Brokers[0]), MandateActor.Authority("back-office"));
        Assert.Equal("mandate_evidence_missing", (await mandates.Grant.ExecuteAsync(offer, authority, Cancellation)).Refusal?.Code);

        var entered = TestAuthority.Value(await mandates.Grant.ExecuteAsync(offer with { Evidence = "Deed 2026/17, notary of Example" }, authority, Cancellation));

        Assert.Equal("Deed 2026/17, notary of Example", entered.Last.Evidence);
        Assert.Equal(MandateFault.NotAccepted, entered.FaultAt(mandates.Now));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task What_hangs_from_a_link_that_ends_breaks_at_once_and_nothing_else(int ended)
    {
        using var mandates = await StartAsync(await ledger.NewAsync());
        var (links, employee) = await mandates.FourLinksAsync();
        var beside = await mandates.AcceptedAsync(mandates.Offer(Importer, Brokers[1]));
        Assert.Equal(links[3].Last.Id, Assert.Single(await mandates.Reader.HoldingAsync(employee, null, mandates.Now, 10, Cancellation)).Last.Id);
        Assert.All(links[3].Links, link => Assert.Equal(Importer, link.Principal));

        var grantor = ended == 0 ? Importer : Brokers[ended - 1];
        TestAuthority.Value(await mandates.End.ExecuteAsync(links[ended].Last.Id, "the contract ended", mandates.Of(grantor), Cancellation));

        for (var i = 0; i < links.Length; i++)
        {
            Assert.Equal(i < ended ? null : i == ended ? MandateFault.Ended : MandateFault.Broken, await mandates.FaultAsync(links[i]));
        }

        Assert.Null(await mandates.FaultAsync(beside));
        Assert.Empty(await mandates.Reader.HoldingAsync(employee, null, mandates.Now, 10, Cancellation));
        Assert.Equal(ended > 0 ? [links[0].Last.Id] : [], (await mandates.Reader.HoldingAsync("nobody", Brokers[0], mandates.Now, 10, Cancellation)).Select(chain => chain.Last.Id));
        Assert.Equal("mandate_ended", (await mandates.End.ExecuteAsync(links[ended].Last.Id, "again", mandates.Of(grantor), Cancellation)).Refusal?.Code);
    }

    [Fact]
    public async Task Grantor_and_principal_revoke_and_the_representative_renounces()
    {
        using var mandates = await StartAsync(await ledger.NewAsync());
        var (links, employee) = await mandates.FourLinksAsync();
        Assert.Equal(MandateState.Renounced, TestAuthority.Value(await mandates.End.ExecuteAsync(links[3].Last.Id, "left", MandateActor.Person(employee, null), Cancellation)).Last.State);
        Assert.Equal(MandateState.Revoked, TestAuthority.Value(await mandates.End.ExecuteAsync(links[2].Last.Id, "no longer", mandates.Of(Importer), Cancellation)).Last.State);
        Assert.Equal(MandateState.Revoked, TestAuthority.Value(await mandates.End.ExecuteAsync(links[1].Last.Id, "court order", MandateActor.Authority("back-office"), Cancellation)).Last.State);
    }

    [Fact]
    public async Task A_mandate_passes_on_no_more_than_it_is()
    {
        using var mandates = await StartAsync(await ledger.NewAsync());
        Assert.True(ValueLimit.TryCreate(1000, "EUR", out var limit));
        var scope = new MandateScope { Declarations = ["import"], Procedures = ["40"], Places = ["NLRTM"], ValueLimit = limit };
        var parent = await mandates.AcceptedAsync(mandates.Offer(Importer, Brokers[0], furtherLevels: 2) with { Scope = scope });
        var fits = mandates.Offer(Brokers[0], Brokers[1], furtherLevels: 1, parent.Last.Id) with { Scope = scope with { Procedures = ["4071"] } };
        Assert.True(ValueLimit.TryCreate(1001, "EUR", out var more));
        Assert.True(ValueLimit.TryCreate(1, "USD", out var other));
        MandateOffer[] tooMuch =
        [
            fits with { FurtherLevels = 2 }, fits with { Kind = MandateKind.Indirect }, fits with { ValidUntil = fits.ValidUntil.AddSeconds(1) },
            fits with { ValidFrom = fits.ValidFrom.AddSeconds(-1) }, fits with { Scope = new MandateScope() }, fits with { Scope = scope with { Declarations = ["import", "export"] } },
            fits with { Scope = scope with { Procedures = ["42"] } }, fits with { Scope = scope with { Places = ["NLAMS"] } }, fits with { Scope = scope with { ValueLimit = null } },
            fits with { Scope = scope with { ValueLimit = more } }, fits with { Scope = scope with { ValueLimit = other } },
            fits with { Representative = new MandateRepresentative.OfOperator(Importer) },
        ];
        foreach (var offer in tooMuch)
        {
            Assert.Equal("mandate_exceeds", (await mandates.Grant.ExecuteAsync(offer, mandates.Of(Brokers[0]), Cancellation)).Refusal?.Code);
        }

        Assert.Equal("mandate_not_yours", (await mandates.Grant.ExecuteAsync(fits with { Grantor = Brokers[2], Representative = new MandateRepresentative.OfOperator(Brokers[1]) }, mandates.Of(Brokers[2]), Cancellation)).Refusal?.Code);
        Assert.Equal("mandate_unknown", (await mandates.Grant.ExecuteAsync(fits with { Parent = "none" }, mandates.Of(Brokers[0]), Cancellation)).Refusal?.Code);
        Assert.Null(await mandates.FaultAsync(await mandates.AcceptedAsync(fits)));
    }

    [Fact]
    public async Task Nothing_is_granted_or_accepted_under_a_link_that_does_not_hold()
    {
        using var mandates = await StartAsync(await ledger.NewAsync());
        var parent = await mandates.AcceptedAsync(mandates.Offer(Importer, Brokers[0], furtherLevels: 1));
        var under = mandates.Offer(Brokers[0], Brokers[1], 0, parent.Last.Id);
        var waiting = await mandates.OfferedAsync(under);
        TestAuthority.Value(await mandates.End.ExecuteAsync(parent.Last.Id, "over", mandates.Of(Importer), Cancellation));

        Assert.Equal("mandate_not_in_force", (await mandates.Grant.ExecuteAsync(under, mandates.Of(Brokers[0]), Cancellation)).Refusal?.Code);
        Assert.Equal("mandate_not_in_force", (await mandates.Answer.AcceptAsync(waiting.Last.Id, mandates.Of(Brokers[1]), Cancellation)).Refusal?.Code);
        var offered = await mandates.OfferedAsync(mandates.Offer(Importer, Brokers[2], furtherLevels: 1));
        Assert.Equal("mandate_not_in_force", (await mandates.Grant.ExecuteAsync(mandates.Offer(Brokers[2], Brokers[1], 0, offered.Last.Id), mandates.Of(Brokers[2]), Cancellation)).Refusal?.Code);
    }

    [Fact]
    public async Task What_is_not_sound_is_refused_before_anything_is_stored()
    {
        using var mandates = await StartAsync(await ledger.NewAsync());
        var sound = mandates.Offer(Importer, Brokers[0]);
        var person = new MandateRepresentative.OfPerson(await mandates.PersonAsync());
        MandateOffer[] unsound =
        [
            sound with { Representative = new MandateRepresentative.OfOperator(Importer) }, sound with { FurtherLevels = -1 }, sound with { FurtherLevels = 4 },
            sound with { Representative = person, FurtherLevels = 1 }, sound with { ValidUntil = sound.ValidFrom }, sound with { ValidFrom = sound.ValidFrom.AddDays(-9), ValidUntil = sound.ValidFrom },
            sound with { ValidUntil = sound.ValidFrom.AddYears(6) }, sound with { Evidence = "two\nlines" }, sound with { Scope = new MandateScope { Declarations = ["loan"] } },
            sound with { Scope = new MandateScope { Procedures = ["4"] } }, sound with { Scope = new MandateScope { Procedures = ["４０"] } }, sound with { Scope = new MandateScope { Places = ["Rotterdam"] } },
        ];
        foreach (var offer in unsound)
        {
            Assert.Equal("mandate_invalid", (await mandates.Grant.ExecuteAsync(offer, mandates.Of(Importer), Cancellation)).Refusal?.Code);
        }

        Assert.Equal("operator_unknown", (await mandates.Grant.ExecuteAsync(sound with { Representative = new MandateRepresentative.OfOperator(Tin.Parse("NLNOBODY")) }, mandates.Of(Importer), Cancellation)).Refusal?.Code);
        Assert.Equal("account_unknown", (await mandates.Grant.ExecuteAsync(sound with { Representative = new MandateRepresentative.OfPerson("nobody") }, mandates.Of(Importer), Cancellation)).Refusal?.Code);
        Assert.Empty(await mandates.Reader.GrantedByAsync(Importer, null, 10, Cancellation));
    }

    [Fact]
    public async Task Of_an_acceptance_and_a_revocation_at_once_the_link_never_holds_after_both()
    {
        using var mandates = await StartAsync(await ledger.NewAsync());
        for (var round = 0; round < 8; round++)
        {
            var offered = await mandates.OfferedAsync(mandates.Offer(Importer, Brokers[0]));
            await Task.WhenAll(
                mandates.Answer.AcceptAsync(offered.Last.Id, mandates.Of(Brokers[0]), Cancellation),
                mandates.End.ExecuteAsync(offered.Last.Id, "second thoughts", mandates.Of(Importer), Cancellation));
            Assert.Equal(MandateFault.Ended, await mandates.FaultAsync(offered));
        }
    }

    [Fact]
    public async Task Of_many_answers_at_once_one_counts()
    {
        using var mandates = await StartAsync(await ledger.NewAsync());
        var offered = await mandates.OfferedAsync(mandates.Offer(Importer, Brokers[0]));
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => i % 2 == 0
            ? mandates.Answer.AcceptAsync(offered.Last.Id, mandates.Of(Brokers[0]), Cancellation)
            : mandates.Answer.DeclineAsync(offered.Last.Id, mandates.Of(Brokers[0]), Cancellation)));
        Assert.Single(outcomes, outcome => outcome.Refusal is null);
        Assert.All(outcomes.Where(outcome => outcome.Refusal is not null), outcome => Assert.Equal("mandate_answered", outcome.Refusal!.Code));
    }

    [Fact]
    public async Task The_status_of_a_link_travels_in_bundle_and_delta()
    {
        using var mandates = await StartAsync(await ledger.NewAsync());
        var accepted = await mandates.AcceptedAsync(mandates.Offer(Importer, Brokers[0]));
        var at = accepted.Last.StatusReference!.Value;
        var before = TestAuthority.Value(await mandates.Authority.Bundles.ExecuteAsync(Cancellation));

        TestAuthority.Value(await mandates.End.ExecuteAsync(accepted.Last.Id, "over", mandates.Of(Importer), Cancellation));

        var delta = TestAuthority.Value(await mandates.Authority.Deltas.ExecuteAsync(before.Sequence, Cancellation));
        Assert.True(StatusDelta.TryRead(delta.Payload, out var read));
        Assert.Equal([at.Index], Assert.Single(read.Changes).Revoked);
        Assert.Equal(at.List, read.Changes[0].List);
    }

    [Fact]
    public async Task Both_sides_and_the_principal_hear_of_it_in_mails()
    {
        using var mandates = await StartAsync(await ledger.NewAsync(), new MaildirMailOut(Path.GetTempPath(), "unused", new ManualTime(DateTimeOffset.UnixEpoch)));
        var (links, _) = await mandates.FourLinksAsync();
        await TakenAsync();

        TestAuthority.Value(await mandates.End.ExecuteAsync(links[1].Last.Id, "over", mandates.Of(Brokers[0]), Cancellation));

        var mails = await TakenAsync();
        Assert.Equal(
            new[] { mandates.Of(Importer), mandates.Of(Brokers[0]), mandates.Of(Brokers[1]) }.Select(actor => $"{actor.Account}@trader.example").Order(),
            mails.Select(mail => mail.To).Order());
        Assert.All(mails, mail => Assert.Equal("A mandate was revoked", mail.Subject));
        Assert.Contains($"({Importer})", mails[0].Text, StringComparison.Ordinal);

        async Task<IReadOnlyList<OutgoingMail>> TakenAsync()
        {
            await mandates.Mails.ExecuteAsync(Cancellation);
            var taken = new List<OutgoingMail>();
            while (await mandates.Outbox.TakeDueAsync(Cancellation) is { Count: > 0 } due)
            {
                foreach (var mail in due)
                {
                    taken.Add(mail.Mail);
                    await mandates.Outbox.RemoveAsync(mail, Cancellation);
                }
            }

            return taken;
        }
    }

    [Fact]
    public async Task Every_act_is_in_the_audit_trail_without_a_name()
    {
        using var mandates = await StartAsync(await ledger.NewAsync());
        var accepted = await mandates.AcceptedAsync(mandates.Offer(Importer, Brokers[0]));
        TestAuthority.Value(await mandates.End.ExecuteAsync(accepted.Last.Id, "over", mandates.Of(Importer), Cancellation));
        var declined = await mandates.OfferedAsync(mandates.Offer(Importer, Brokers[0]));
        TestAuthority.Value(await mandates.Answer.DeclineAsync(declined.Last.Id, mandates.Of(Brokers[0]), Cancellation));

        var entries = await mandates.Authority.Database.ReadAsync(
            async connection => (await connection.QueryAsync<(string Act, string Details)>(
                "SELECT act, details FROM audit_entries WHERE subject LIKE 'mandate:%' ORDER BY sequence")).AsList(), Cancellation);
        Assert.Equal(["mandate-granted", "mandate-accepted", "mandate-revoked", "mandate-granted", "mandate-declined"], entries.Select(entry => entry.Act));
        Assert.All(entries, entry => Assert.DoesNotContain("B.V.", entry.Details, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Lists_go_by_pages_newest_first()
    {
        using var mandates = await StartAsync(await ledger.NewAsync());
        var made = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            mandates.Authority.Time.Advance(TimeSpan.FromSeconds(1));
            made.Insert(0, (await mandates.OfferedAsync(mandates.Offer(Importer, Brokers[i % 2]))).Last.Id);
        }

        var first = await mandates.Reader.GrantedByAsync(Importer, null, 3, Cancellation);
        var rest = await mandates.Reader.GrantedByAsync(Importer, first[^1].Last.Id, 3, Cancellation);
        Assert.Equal(made, first.Concat(rest).Select(chain => chain.Last.Id));
        Assert.Equal(2, (await mandates.Reader.GrantedToAsync(Brokers[1], null, 10, Cancellation)).Count);
        Assert.Empty(await mandates.Reader.GrantedToPersonAsync("nobody", null, 10, Cancellation));
    }
}
