using CsCheck;
using Dapper;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Credentials;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Tests.Storage;
using TradeIdentity.Verification.Trust;
using TradeIdentity.Verification.Verdicts;

namespace TradeIdentity.Authority.Tests.Aeo;

public sealed class AeoCascadeOnSqliteTests(SqliteLedger ledger) : AeoCascadeTests(ledger), IClassFixture<SqliteLedger>;

public sealed class AeoCascadeOnPostgreSqlTests(PostgreSqlLedger ledger) : AeoCascadeTests(ledger), IClassFixture<PostgreSqlLedger>;

/// <summary>A decision on a component brings the credentials that state it along, and lifting a suspension undoes exactly what it did.</summary>
public abstract class AeoCascadeTests(LedgerFixture ledger)
{
    private const string Aeoc = "AEOC";
    private const string Aeos = "AEOS";

    [Fact]
    public async Task A_suspension_takes_the_credentials_that_state_the_component_and_its_lifting_gives_them_back()
    {
        using var authority = await TestAuthority.StartAsync(await ledger.NewAsync());
        var issued = await authority.IssueOneAsync();
        var step = await DecideAsync(authority, AeoAct.Suspend, Aeoc);
        Assert.Equal(StatusValue.Suspended, await StatusAsync(authority, issued));
        Assert.IsType<Verdict.Rejected>(await authority.VerifyOfflineAsync(issued.QrText));

        await DecideAsync(authority, AeoAct.Lift, Aeoc);
        Assert.Equal(StatusValue.Valid, await StatusAsync(authority, issued));
        Assert.IsType<Verdict.Accepted>(await authority.VerifyOfflineAsync(issued.QrText));
        Assert.Equal(
            [(2L, $"EU-AEO AEOC, step {step.Step}: suspend", "bert"), (0L, $"EU-AEO AEOC, step {step.Step + 1}: lift", "bert")],
            await authority.Database.ReadAsync(
                async connection => (await connection.QueryAsync<(long, string, string)>("SELECT status, ground, actor FROM status_changes ORDER BY sequence")).ToArray(), Cancellation));
        Assert.IsType<AuditVerification.Intact>(await AuditTrail.VerifyAsync(authority.Database, null, Cancellation));
        Assert.Equal(["aeo-lift", "aeo-suspend", "credential-status-changed", "credential-status-changed"], (await ActsAsync(authority)).TakeLast(4).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Where_another_component_stays_granted_the_old_credential_goes_and_a_new_one_says_what_is()
    {
        using var authority = await TestAuthority.StartAsync(await ledger.NewAsync());
        var before = await authority.IssueOneAsync();
        await DecideAsync(authority, AeoAct.Suspend, Aeos);
        var after = await authority.IssueOneAsync();
        Assert.Equal((StatusValue.Suspended, StatusValue.Valid), (await StatusAsync(authority, before), await StatusAsync(authority, after)));

        await DecideAsync(authority, AeoAct.Lift, Aeos);
        Assert.Equal((StatusValue.Valid, StatusValue.Valid), (await StatusAsync(authority, before), await StatusAsync(authority, after)));

        await DecideAsync(authority, AeoAct.Revoke, Aeos);
        Assert.Equal((StatusValue.Revoked, StatusValue.Revoked), (await StatusAsync(authority, before), await StatusAsync(authority, after)));
        Assert.Equal(StatusValue.Valid, await StatusAsync(authority, await authority.IssueOneAsync()));
    }

    [Fact]
    public async Task What_an_officer_suspended_or_revoked_stays_so_when_the_component_is_lifted()
    {
        using var authority = await TestAuthority.StartAsync(await ledger.NewAsync());
        var (lost, earlier, later, plain) = (await authority.IssueOneAsync(), await authority.IssueOneAsync(), await authority.IssueOneAsync(), await authority.IssueOneAsync());
        await ChangeAsync(authority, earlier, StatusValue.Suspended);
        await DecideAsync(authority, AeoAct.Suspend, Aeoc);
        await ChangeAsync(authority, later, StatusValue.Suspended);
        await ChangeAsync(authority, lost, StatusValue.Revoked);
        foreach (var credential in new[] { earlier, plain })
        {
            Assert.Equal("credential_held", (await authority.ChangeStatus.ExecuteAsync(credential.Id, StatusValue.Valid, "Found again", "cleo", Cancellation)).Refusal?.Code);
        }

        await DecideAsync(authority, AeoAct.Lift, Aeoc);
        Assert.Equal(
            [StatusValue.Revoked, StatusValue.Suspended, StatusValue.Suspended, StatusValue.Valid],
            [await StatusAsync(authority, lost), await StatusAsync(authority, earlier), await StatusAsync(authority, later), await StatusAsync(authority, plain)]);
        await ChangeAsync(authority, earlier, StatusValue.Valid);
        Assert.Equal(StatusValue.Valid, await StatusAsync(authority, earlier));
    }

    [Fact]
    public async Task An_import_of_anothers_decision_brings_credentials_along_too()
    {
        using var authority = await TestAuthority.StartAsync(await ledger.NewAsync());
        var issued = await authority.IssueOneAsync();
        foreach (var (imported, expected) in new[] { ("suspended", StatusValue.Suspended), ("granted", StatusValue.Valid), ("expired", StatusValue.Revoked) })
        {
            await authority.RegisterAsync(TestAuthority.OperatorJson(TestAuthority.Tin, "Example Nederland Import B.V.", imported));
            Assert.Equal(expected, await StatusAsync(authority, issued));
        }
    }

    [Fact]
    public async Task Credentials_of_others_and_of_other_types_stay()
    {
        using var authority = await TestAuthority.StartAsync(await ledger.NewAsync());
        await authority.RegisterAsync(TestAuthority.OperatorJson("NL2", "Another Example B.V."));
        var other = await authority.IssueOneAsync("NL2");
        var identity = TestAuthority.Value(await authority.Issue.ExecuteAsync(
            TestAuthority.Request(type: Verification.Credentials.CredentialTypes.LegalIdentity), TestAuthority.Actor, Cancellation));
        await DecideAsync(authority, AeoAct.Revoke, Aeoc);
        Assert.Equal((StatusValue.Valid, StatusValue.Valid), (await StatusAsync(authority, other), await StatusAsync(authority, identity)));
    }

    [Fact]
    public async Task A_holder_whose_credentials_do_not_say_what_is_needs_another()
    {
        using var authority = await TestAuthority.StartAsync(await ledger.NewAsync());
        Assert.Equal(new AeoCredentialsInUse(0, false), await CompareAsync(authority));
        await authority.IssueOneAsync();
        Assert.Equal(new AeoCredentialsInUse(1, false), await CompareAsync(authority));
        await DecideAsync(authority, AeoAct.Suspend, Aeos);
        Assert.Equal(new AeoCredentialsInUse(0, true), await CompareAsync(authority));
        await authority.IssueOneAsync();
        Assert.Equal(new AeoCredentialsInUse(1, false), await CompareAsync(authority));
        await DecideAsync(authority, AeoAct.Revoke, Aeos);
        Assert.Equal(new AeoCredentialsInUse(0, true), await CompareAsync(authority));
        await DecideAsync(authority, AeoAct.Suspend, Aeoc);
        Assert.Equal(new AeoCredentialsInUse(0, false), await CompareAsync(authority));
    }

    [Fact]
    public async Task More_credentials_than_a_page_are_all_taken_and_all_given_back()
    {
        using var authority = await TestAuthority.StartAsync(await ledger.NewAsync());
        var requests = Enumerable.Repeat<Outcome<TradeIdentity.Authority.Issuance.CredentialRequest>>(TestAuthority.Request(), 1203).ToAsyncEnumerable();
        await foreach (var issued in authority.IssueMany.ExecuteAsync(requests, TestAuthority.Actor, Cancellation))
        {
            Assert.Null(issued.Refusal);
        }

        await DecideAsync(authority, AeoAct.Suspend, Aeoc);
        Assert.Equal(1203, await CountAsync(authority, StatusValue.Suspended));
        await DecideAsync(authority, AeoAct.Lift, Aeoc);
        Assert.Equal(1203, await CountAsync(authority, StatusValue.Valid));
    }

    [Fact]
    public async Task A_credential_that_is_issued_while_a_decision_is_taken_never_survives_it()
    {
        using var authority = await TestAuthority.StartAsync(await ledger.NewAsync());
        for (var round = 0; round < 5; round++)
        {
            var issuing = Enumerable.Range(0, 6).Select(_ => Task.Run(() => authority.Issue.ExecuteAsync(TestAuthority.Request(), TestAuthority.Actor, Cancellation))).ToList();
            await DecideAsync(authority, AeoAct.Suspend, Aeoc);
            foreach (var outcome in await Task.WhenAll(issuing))
            {
                Assert.True(outcome.Refusal is null or { Code: "aeo_changed" }, outcome.Refusal?.Code);
            }

            // What is valid now says that the component is suspended.
            Assert.All(
                await AeoStatusCredentials.ValidAsync(authority.Database, Tin.Parse(TestAuthority.Tin), authority.Time.GetUtcNow(), Cancellation),
                claims => Assert.Equal(Verification.Credentials.AeoComponentStatus.Suspended, claims.Single(claim => claim.Component == 1).Status));
            await DecideAsync(authority, AeoAct.Lift, Aeoc);
            foreach (var outcome in await Task.WhenAll(issuing))
            {
                if (outcome.TryGet(out var issued, out _))
                {
                    await ChangeAsync(authority, issued, StatusValue.Revoked);
                }
            }
        }
    }

    [Fact]
    public async Task A_random_walk_of_decisions_keeps_every_credential_as_the_model_says()
    {
        using var authority = await TestAuthority.StartAsync(await ledger.NewAsync());
        var walks = 0;
        await Gen.Select(Gen.Int[0, 19], Gen.Bool, Gen.Int[0, 4]).List[5, 40].SampleAsync(
            async walk =>
            {
                var tin = $"NL9{Interlocked.Increment(ref walks)}";
                await authority.RegisterAsync(TestAuthority.OperatorJson(tin, "Example"));
                var model = new AeoCascadeModel();
                foreach (var (move, first, which) in walk)
                {
                    await StepAsync(authority, tin, model, move, first ? Aeoc : Aeos, which);
                    foreach (var credential in model.Credentials)
                    {
                        Assert.Equal(credential.Expected, (await authority.Store.FindAsync(credential.Id, Cancellation))!.Status);
                    }
                }
            },
            iter: 15,
            threads: 2);
        Assert.IsType<AuditVerification.Intact>(await AuditTrail.VerifyAsync(authority.Database, null, Cancellation));

        // Of every credential, the last change is its status, and each change follows from the one before.
        Assert.Equal(0, await authority.Database.ReadAsync(
            connection => connection.ExecuteScalarAsync<long>(
                """
                SELECT COUNT(*) FROM credentials c
                WHERE c.status <> COALESCE((SELECT s.status FROM status_changes s WHERE s.credential_id = c.id ORDER BY s.sequence DESC LIMIT 1), 0)
                    OR (c.status = 2) <> EXISTS (SELECT 1 FROM credential_holds h WHERE h.credential_id = c.id)
                """),
            Cancellation));
    }

    private static async Task StepAsync(TestAuthority authority, string tin, AeoCascadeModel model, int move, string component, int which)
    {
        var credential = model.Credentials.Count == 0 ? null : model.Credentials[which % model.Credentials.Count];
        switch (move)
        {
            case < 5:
                var issued = await authority.Issue.ExecuteAsync(TestAuthority.Request(tin), TestAuthority.Actor, Cancellation);
                Assert.Equal(model.CanIssue, issued.Refusal is null);
                if (issued.TryGet(out var made, out _))
                {
                    model.Issue(made.Id);
                }

                break;
            case < 15:
                var act = move < 9 ? AeoAct.Suspend : move < 14 ? AeoAct.Lift : which == 0 ? AeoAct.Revoke : AeoAct.Relinquish;
                var decided = await TryDecideAsync(authority, act, component, tin);
                Assert.Equal(model.Take(act, component), decided.Refusal is null);
                break;
            default:
                var status = move < 17 ? StatusValue.Suspended : move < 19 ? StatusValue.Valid : StatusValue.Revoked;
                if (credential is not null)
                {
                    var changed = await authority.ChangeStatus.ExecuteAsync(credential.Id, status, "An officer's own ground", "cleo", Cancellation);
                    Assert.Equal(credential.Change(status), changed.Refusal is null);
                }

                break;
        }
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static async Task<AeoComponent> DecideAsync(TestAuthority authority, AeoAct act, string component) =>
        TestAuthority.Value(await TryDecideAsync(authority, act, component, TestAuthority.Tin));

    private static Task<Outcome<AeoComponent>> TryDecideAsync(TestAuthority authority, AeoAct act, string component, string tin) =>
        new ChangeAeoStatus(authority.Database, authority.Time, ProgrammeCatalogue.Embedded).ExecuteAsync(
            new AeoDecision
            {
                Tin = Tin.Parse(tin),
                Component = component,
                Act = act,
                SuspensionGround = act == AeoAct.Suspend ? SuspensionGround.Suspected : null,
                EffectiveFrom = new DateOnly(2026, 3, 1),
                LegalGround = "Article 30",
            },
            act == AeoAct.Relinquish ? AeoSignatures.One(AeoDecider.Holder, "hugo") : new AeoSignatures(AeoDecider.TwoOfficers, "anna", "bert"),
            Cancellation);

    private static async Task ChangeAsync(TestAuthority authority, IssuedCredential credential, StatusValue status) =>
        TestAuthority.Value(await authority.ChangeStatus.ExecuteAsync(credential.Id, status, "An officer's own ground", "cleo", Cancellation));

    private static async Task<StatusValue> StatusAsync(TestAuthority authority, IssuedCredential credential) =>
        (await authority.Store.FindAsync(credential.Id, Cancellation))!.Status;

    private static async Task<AeoCredentialsInUse> CompareAsync(TestAuthority authority) =>
        await new CompareAeoCredentials(authority.Database, authority.Time).ExecuteAsync(
            (await new TradeIdentity.Authority.Operators.OperatorReader(ProgrammeCatalogue.Embedded).FindAsync(authority.Database, Tin.Parse(TestAuthority.Tin), Cancellation))!, Cancellation);

    private static Task<long> CountAsync(TestAuthority authority, StatusValue status) => authority.Database.ReadAsync(
        connection => connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM credentials WHERE status = @status", new { status = (int)status }), Cancellation);

    private static Task<List<string>> ActsAsync(TestAuthority authority) => authority.Database.ReadAsync(
        async connection => (await connection.QueryAsync<string>("SELECT act FROM audit_entries ORDER BY sequence")).AsList(), Cancellation);
}
