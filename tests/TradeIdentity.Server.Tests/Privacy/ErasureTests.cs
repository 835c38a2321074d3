using System.Net;
using System.Text;
using System.Text.Json;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using TradeIdentity.Authority.Accounts.Administration;
using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Privacy;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Server.Tests.Companies;
using TradeIdentity.Server.Tests.OpenId.Authorization;

namespace TradeIdentity.Server.Tests.Privacy;

public sealed class ErasureOnSqliteTests(PersonHost host) : ErasureTests(host), IClassFixture<PersonHost>;

public sealed class ErasureOnPostgreSqlTests(PostgreSqlPersonHost host) : ErasureTests(host), IClassFixture<PostgreSqlPersonHost>;

/// <summary>Who a person was is erased, and the audit chain still verifies.</summary>
public abstract class ErasureTests(PersonHost host)
{
    private const string Everything = "privacy.own entities.own mandates.write notices.read";

    private static readonly string[] Files = ["", "-wal"];

    private readonly Company _company = new(host);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_closed_the_account_is_nowhere_to_be_found_and_the_chain_verifies()
    {
        var (founder, tin) = await _company.FoundAsync();
        var administrator = await _company.MemberAsync(founder, tin, "entities.own mandates.write");
        var account = await _company.JoinAsync(administrator, """{"powers":["aeo"]}""");
        // Letters that nothing else has, also where they are part of a longer text.
        await ChangeAsync("UPDATE accounts SET given_name = 'Quetzalgiven', family_name = 'Quetzalfamily', email = 'quetzal' || email, normalized_email = 'QUETZAL' || upper(email) WHERE id = @account", account);
        await ChangeAsync("UPDATE invitations SET email = 'quetzal' || email WHERE settled_by = @account", account);
        await ChangeAsync(
            """
            INSERT INTO identity_proofs (account_id, trust_framework, assurance_level, given_name, family_name, confirmed_by, evidence_type, evidence_source, asserted_by, asserted_at, confirmed_at)
            VALUES (@account, 'tradeidentity_account', 'low', 'Quetzalgiven', 'Quetzalfamily', 'officer', 'written_attestation', 'Quetzaloffice', 'x', 0, 0)
            """, account);
        await ChangeAsync("UPDATE account_sessions SET user_agent = 'Quetzalbrowser' WHERE account_id = @account", account);
        var mandate = (await _company.DoAsync(
            administrator, "/mandates", $$$"""{"grantor":"{{{tin}}}","representative":{"account":"{{{account}}}"},"kind":"direct","validUntil":"2029-01-01T00:00:00Z"}""", HttpStatusCode.Created)).GetProperty("id").GetString();
        var token = await host.AccessTokenAsync(account, Everything);
        await _company.DoAsync(token, $"/mandates/{mandate}/accept");
        var issued = await _company.DoAsync(await IssuerAsync(), "/credentials", $$"""{"tin":"{{tin}}","type":"Mandate","mandate":"{{mandate}}"}""", HttpStatusCode.Created);
        await AuditAsync(account, "quetzal in an old entry");
        Assert.NotEmpty(await FoundAsync("quetzal"));

        // As long as it acts for somebody it stays.
        Assert.Equal("account_acts", await _company.CodeAsync(token, "/person/close"));
        await host.EndMembershipsAsync(account);
        Assert.Equal("account_mandated", await _company.CodeAsync(token, "/person/close"));
        await _company.DoAsync(administrator, $"/mandates/{mandate}/end", """{"ground":"No longer needed."}""");
        await CloseAsync(token);
        using (var ended = await host.GetAsync("/api/v1/person/data", bearer: token))
        {
            Assert.Equal(HttpStatusCode.Unauthorized, ended.StatusCode);
        }

        // Not before its time.
        await EraseAsync();
        Assert.NotEmpty(await FoundAsync("quetzal"));
        await ChangeAsync("UPDATE accounts SET closed_at = closed_at - 31 * 86400 WHERE id = @account", account);
        Assert.True(await EraseAsync() >= 1);

        Assert.Empty(await FoundAsync("quetzal"));
        Assert.False(FileHas("quetzal"));
        var intact = Assert.IsType<AuditVerification.Intact>(await AuditTrail.VerifyAsync(host.Database, null, Cancellation));
        Assert.True(intact.Erased > 0);
        // Its number stays, in histories that say that two different people acted.
        Assert.Equal(1, await CountAsync("SELECT COUNT(*) FROM audit_entries WHERE subject = 'account:' || @account AND act = 'account-erased'", account));
        Assert.Equal(1, await CountAsync("SELECT COUNT(*) FROM memberships WHERE account_id = @account", account));
        Assert.Null(await host.Services.GetRequiredService<FindAccounts>().FindAsync(account, Cancellation));
        Assert.Equal("account_unknown", (await host.Services.GetRequiredService<UnlockAccount>().ExecuteAsync(account, "test", Cancellation)).Refusal!.Code);
        // What the company holds of the mandate still opens; its credential is no longer there.
        using var gone = await host.GetAsync($"/api/v1/credentials/{issued.GetProperty("id").GetString()}", bearer: await _company.RegistrarAsync());
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        await _company.ReadAsync(administrator, $"/mandates/{mandate}");
    }

    [Fact]
    public async Task Whom_duty_keeps_does_not_close_and_a_closed_account_can_be_opened_until_it_is_erased()
    {
        var officer = await host.RegisterAsync();
        await host.AppointAsync(officer, "registrar");
        Assert.Equal("account_of_officer", await _company.CodeAsync(await host.AccessTokenAsync(officer, Everything), "/person/close"));

        var applicant = await host.RegisterAsync();
        var token = await host.AccessTokenAsync(applicant, Everything);
        var registration = (await _company.DoAsync(token, "/registrations", Company.Application(Company.NewNumber()), HttpStatusCode.Created)).GetProperty("id").GetString();
        Assert.Equal("account_registers", await _company.CodeAsync(token, "/person/close"));
        await _company.DoAsync(token, $"/registrations/{registration}/withdraw");
        using (var old = await host.SendAsync(
            HttpMethod.Post, "/api/v1/person/close", (await host.TokensAsync(await host.SignInAsync(applicant, secondsAgo: 1000), AuthorizationRequest.With(("scope", "openid privacy.own")))).GetProperty("access_token").GetString()!))
        {
            Assert.Equal(HttpStatusCode.Forbidden, old.StatusCode);
        }

        await CloseAsync(token);
        await host.Services.GetRequiredService<UnlockAccount>().ExecuteAsync(applicant, "test", Cancellation);
        await host.SignInAsync(applicant);
        await EraseAsync();
        Assert.NotNull(await host.Services.GetRequiredService<FindAccounts>().FindAsync(applicant, Cancellation));
    }

    [Fact]
    public async Task Who_has_not_signed_in_for_years_or_never_confirmed_is_erased_and_who_acts_or_was_here_is_not()
    {
        var (unused, recent, acts, unconfirmed, fresh) = (
            await host.RegisterAsync(), await host.RegisterAsync(), await host.RegisterAsync(PersonHost.Tin), await host.RegisterAsync(), await host.RegisterAsync());
        var trailed = await host.RegisterAsync();
        await AuditAsync(trailed, "signed in");
        await host.SignInAsync(recent);
        await ChangeAsync("UPDATE accounts SET email_confirmed = 0 WHERE id = @account", unconfirmed);
        await ChangeAsync($"UPDATE accounts SET email_confirmed = 0, created_at = {Now.ToUnixTimeSeconds() - 86_400} WHERE id = @account", fresh);
        await EraseAsync();
        var left = new List<string>();
        foreach (var each in new[] { unused, recent, acts, unconfirmed, fresh, trailed })
        {
            if (await host.Services.GetRequiredService<FindAccounts>().FindAsync(each, Cancellation) is not null)
            {
                left.Add(each);
            }
        }

        Assert.Equal([recent, acts, fresh, trailed], left);
        // A second run finds nothing of them.
        Assert.Equal(1, await CountAsync("SELECT COUNT(*) FROM audit_entries WHERE subject = 'account:' || @account AND act = 'account-erased'", unused));
        await EraseAsync();
        Assert.Equal(1, await CountAsync("SELECT COUNT(*) FROM audit_entries WHERE subject = 'account:' || @account AND act = 'account-erased'", unused));
    }

    [Fact]
    public async Task An_address_in_an_invitation_is_forgotten_when_its_time_is_past()
    {
        var (founder, tin) = await _company.FoundAsync();
        var administrator = await _company.MemberAsync(founder, tin);
        var (declined, _) = await _company.InviteAsync(administrator, await PresentAsync(), """{"powers":["aeo"]}""");
        var (open, _) = await _company.InviteAsync(administrator, await PresentAsync(), """{"powers":["aeo"]}""");
        await _company.DoAsync(administrator, $"/company/invitations/{declined}/withdraw");
        await ChangeAsync("UPDATE invitations SET settled_at = settled_at - 91 * 86400 WHERE id = @account", declined);
        await EraseAsync();
        Assert.Equal(1, await CountAsync("SELECT COUNT(*) FROM invitations WHERE id = @account AND email = ''", declined));
        Assert.Equal(0, await CountAsync("SELECT COUNT(*) FROM invitations WHERE id = @account AND email = ''", open));
    }

    private async Task<string> PresentAsync()
    {
        var account = await host.RegisterAsync();
        await host.SignInAsync(account);
        return account;
    }

    private DateTimeOffset Now => host.Services.GetRequiredService<TimeProvider>().GetUtcNow();

    private Task<long> EraseAsync() => host.Services.GetRequiredService<EraseWhatIsPast>().ExecuteAsync(Cancellation);

    private async Task CloseAsync(string token)
    {
        using var closed = await _company.PostAsync(token, "/person/close");
        Assert.Equal(HttpStatusCode.NoContent, closed.StatusCode);
    }

    private async Task<string> IssuerAsync()
    {
        var officer = await host.RegisterAsync();
        await host.AppointAsync(officer, "registrar");
        return await host.AccessTokenAsync(officer, "credentials.issue");
    }

    private Task<int> AuditAsync(string account, string text) => host.Database.WriteAsync(
        async tx =>
        {
            await AuditTrail.AppendAsync(tx, Now, new AuditRecord(account, "account-signed-in", $"account:{account}", JsonSerializer.Serialize(new { text })));
            return 0;
        },
        Cancellation);

    private Task<int> ChangeAsync(string sql, string account) => host.Database.WriteAsync(tx => tx.ExecuteAsync(sql, new { account }), Cancellation);

    private Task<long> CountAsync(string sql, string account) => host.Database.ReadAsync(connection => connection.ExecuteScalarAsync<long>(sql, new { account }), Cancellation);

    /// <summary>Each column of each table that has the text in a value, in letters of either case.</summary>
    private Task<List<string>> FoundAsync(string text) => host.Database.ReadAsync(
        async connection =>
        {
            var isSqlite = host.Database.Dialect == SqlDialect.Sqlite;
            var columns = await connection.QueryAsync<(string Table, string Column, string Type)>(isSqlite
                ? "SELECT m.name, c.name, c.type FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'"
                : "SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = current_schema()");
            var found = new List<string>();
            foreach (var (table, column, type) in columns)
            {
                // What is text in bytes, a signed message for one, is looked at by its bytes.
                var value = isSqlite ? $"CAST(\"{column}\" AS TEXT)" : type == "bytea" ? $"encode(\"{column}\", 'escape')" : $"\"{column}\"::text";
                if (await connection.ExecuteScalarAsync<long>($"SELECT COUNT(*) FROM \"{table}\" WHERE lower({value}) LIKE @text", new { text = $"%{text}%" }) > 0)
                {
                    found.Add($"{table}.{column}");
                }
            }

            return found;
        },
        Cancellation);

    // Of PostgreSQL the files are not ours to read.
    private bool FileHas(string text) => host.Database is SqliteDatabase sqlite && Files.Any(end =>
    {
        using var file = new FileStream(sqlite.FilePath + end, FileMode.OpenOrCreate, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        file.CopyTo(copy);
        return Encoding.Latin1.GetString(copy.ToArray()).Contains(text, StringComparison.OrdinalIgnoreCase);
    });
}
