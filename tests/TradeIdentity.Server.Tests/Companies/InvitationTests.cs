using System.Net;
using System.Text.Json;
using TradeIdentity.Server.Tests.OpenId;
using TradeIdentity.Server.Tests.OpenId.Authorization;

namespace TradeIdentity.Server.Tests.Companies;

public sealed class InvitationOnSqliteTests(PersonHost host) : InvitationTests(host), IClassFixture<PersonHost>;

public sealed class InvitationOnPostgreSqlTests(PostgreSqlPersonHost host) : InvitationTests(host), IClassFixture<PostgreSqlPersonHost>;

/// <summary>Members of a company invite others, with no more than they have, over the API.</summary>
public abstract class InvitationTests(PersonHost host)
{
    private const string Administrator = """{"isAdministrator":true}""";

    private readonly Company _company = new(host);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_invitation_is_accepted_once_by_the_account_whose_address_it_is()
    {
        var (founder, tin) = await _company.FoundAsync();
        var member = await _company.MemberAsync(founder, tin, "entities.own notices.read");
        var (invited, other) = (await host.RegisterAsync(), await host.RegisterAsync());
        var (id, secret) = await _company.InviteAsync(member, invited, """{"powers":["aeo"],"signature":"joint","until":"2035-01-01T00:00:00Z"}""");
        Assert.Equal(id, Assert.Single(Items(await _company.ReadAsync(member, "/company/invitations"))).GetProperty("id").GetString());

        Assert.Equal("invitation_other_address", await AcceptAsync(other, secret));
        await host.Database.WriteAsync(tx => tx.ExecuteAsync("UPDATE accounts SET email_confirmed = 0 WHERE id = @invited", new { invited }), Cancellation);
        Assert.Equal("invitation_other_address", await AcceptAsync(invited, secret));
        await host.Database.WriteAsync(tx => tx.ExecuteAsync("UPDATE accounts SET email_confirmed = 1 WHERE id = @invited", new { invited }), Cancellation);
        Assert.Null(await AcceptAsync(invited, secret));
        Assert.Equal("invitation_unknown", await AcceptAsync(invited, secret));

        var listed = Items(await _company.ReadAsync(member, "/company/representatives")).Single(item => item.GetProperty("accountId").GetString() == invited);
        Assert.Equal(("""["aeo"]""", "joint"), (listed.GetProperty("powers").ToString(), listed.GetProperty("signature").GetString()));
        Assert.Contains(Items(await _company.ReadAsync(member, "/notices")), notice => notice.GetProperty("kind").GetString() == "representative-accepted");
    }

    [Fact]
    public async Task A_secret_that_was_guessed_sent_again_withdrawn_or_is_too_old_opens_nothing()
    {
        var (founder, tin) = await _company.FoundAsync();
        var member = await _company.MemberAsync(founder, tin);
        var invited = await host.RegisterAsync();
        var (id, first) = await _company.InviteAsync(member, invited, """{"powers":["aeo"]}""");
        Assert.Equal("invitation_unknown", await AcceptAsync(invited, new string('A', 43)));
        Assert.Equal("invitation_unknown", await AcceptAsync(invited, id));
        await _company.DoAsync(member, $"/company/invitations/{id}/resend");
        Assert.Equal("invitation_unknown", await AcceptAsync(invited, first));

        var second = await _company.SecretAsync(id);
        await host.Database.WriteAsync(tx => tx.ExecuteAsync("UPDATE invitations SET expires_at = 1 WHERE id = @id", new { id }), Cancellation);
        Assert.Equal("invitation_unknown", await AcceptAsync(invited, second));
        await _company.DoAsync(member, $"/company/invitations/{id}/withdraw");
        Assert.Equal("invitation_settled", await _company.CodeAsync(member, $"/company/invitations/{id}/resend"));
    }

    [Fact]
    public async Task Of_two_who_accept_at_once_one_is_in_and_tries_without_end_are_stopped()
    {
        var (founder, tin) = await _company.FoundAsync();
        var invited = await host.RegisterAsync();
        var (_, secret) = await _company.InviteAsync(await _company.MemberAsync(founder, tin), invited, """{"powers":["aeo"]}""");
        Assert.Single(await Task.WhenAll(AcceptAsync(invited, secret), AcceptAsync(invited, secret), AcceptAsync(invited, secret)), code => code is null);

        var guesser = await _company.PersonAsync();
        string? last = null;
        for (var i = 0; i < 31; i++)
        {
            last = await _company.CodeAsync(guesser, "/invitations/accept", $$"""{"token":"{{i:D43}}"}""");
        }

        Assert.Equal("invitation_tries", last);
    }

    [Theory]
    [InlineData("""{"isAdministrator":true,"signature":"joint","until":"2030-01-01T00:00:00Z"}""")]
    [InlineData("""{"powers":["mandates"],"signature":"joint","until":"2030-01-01T00:00:00Z"}""")]
    [InlineData("""{"powers":["aeo"],"signature":"sole","until":"2030-01-01T00:00:00Z"}""")]
    [InlineData("""{"powers":["aeo"],"signature":"joint"}""")]
    [InlineData("""{"powers":["aeo"],"signature":"joint","until":"2032-01-01T00:00:00Z"}""")]
    public async Task Nobody_gives_what_they_lack(string terms)
    {
        var (founder, tin) = await _company.FoundAsync();
        var giver = await _company.JoinAsync(await _company.MemberAsync(founder, tin), """{"powers":["aeo","representatives"],"signature":"joint","until":"2031-01-01T00:00:00Z"}""");
        var token = await _company.MemberAsync(giver, tin);
        Assert.Equal("representatives_exceed", await _company.CodeAsync(token, "/company/invitations", Company.Invitation("new@trader.example", terms)));
        await _company.DoAsync(token, "/company/invitations", Company.Invitation("new@trader.example", """{"powers":["aeo"],"signature":"joint","until":"2030-01-01T00:00:00Z"}"""), HttpStatusCode.Created);
        // Nor do they touch who has more, or themselves.
        Assert.Equal("representatives_exceed", await _company.CodeAsync(token, $"/company/representatives/{founder}/end"));
        using var own = await host.SendAsync(HttpMethod.Put, $"/api/v1/company/representatives/{giver}", token, """{"powers":["aeo","mandates"]}""");
        Assert.Equal("representative_own", (await OpenIdHost.JsonAsync(own)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Who_lost_the_power_has_invited_nobody()
    {
        var (founder, tin) = await _company.FoundAsync();
        var administrator = await _company.MemberAsync(founder, tin);
        var second = await _company.JoinAsync(administrator, Administrator);
        var accomplice = await host.RegisterAsync();
        var (_, secret) = await _company.InviteAsync(await _company.MemberAsync(second, tin), accomplice, Administrator);
        await _company.DoAsync(administrator, $"/company/representatives/{second}/end");
        Assert.Equal("invitation_void", await AcceptAsync(accomplice, secret));
    }

    [Fact]
    public async Task An_end_takes_the_entity_from_sessions_and_tokens_at_once()
    {
        var (founder, tin) = await _company.FoundAsync();
        var administrator = await _company.MemberAsync(founder, tin);
        var member = await _company.JoinAsync(administrator, """{"powers":["aeo"]}""");
        var token = await _company.MemberAsync(member, tin, "entities.own aeo.apply");
        var cookie = await host.SignInAsync(member, actingFor: tin);
        await _company.ReadAsync(token, "/company/representatives");

        await _company.DoAsync(administrator, $"/company/representatives/{member}/end");
        using var refused = await host.GetAsync("/api/v1/company/representatives", bearer: token);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        using var page = await host.GetAsync("/company/representatives", cookie);
        Assert.Equal(HttpStatusCode.Redirect, page.StatusCode);
    }

    [Fact]
    public async Task A_membership_begins_and_ends_on_its_days()
    {
        var (founder, tin) = await _company.FoundAsync();
        var member = await _company.JoinAsync(await _company.MemberAsync(founder, tin), """{"powers":["aeo"],"from":"2032-01-01T00:00:00Z","until":"2033-01-01T00:00:00Z"}""");
        await host.Database.WriteAsync(tx => tx.ExecuteAsync("UPDATE memberships SET since = 1 WHERE account_id = @member", new { member }), Cancellation);
        var token = await _company.MemberAsync(member, tin);
        await _company.ReadAsync(token, "/company/representatives");
        await host.Database.WriteAsync(tx => tx.ExecuteAsync("UPDATE memberships SET ends_at = 2 WHERE account_id = @member", new { member }), Cancellation);
        using var ended = await host.GetAsync("/api/v1/company/representatives", bearer: token);
        Assert.Equal(HttpStatusCode.Forbidden, ended.StatusCode);
        await host.Database.WriteAsync(tx => tx.ExecuteAsync("UPDATE memberships SET ends_at = NULL, since = 4000000000 WHERE account_id = @member", new { member }), Cancellation);
        using var early = await host.GetAsync("/api/v1/company/representatives", bearer: token);
        Assert.Equal(HttpStatusCode.Forbidden, early.StatusCode);
    }

    [Fact]
    public async Task The_last_administrator_stays_also_when_two_end_each_other_at_once()
    {
        var (founder, tin) = await _company.FoundAsync();
        var first = await _company.MemberAsync(founder, tin);
        Assert.Equal("last_administrator", await _company.CodeAsync(first, $"/company/representatives/{founder}/end"));
        // One whose time is set to end does not count.
        var limited = await _company.JoinAsync(first, """{"isAdministrator":true,"until":"2030-01-01T00:00:00Z"}""");
        Assert.Equal("last_administrator", await _company.CodeAsync(first, $"/company/representatives/{founder}/end"));
        Assert.Equal("last_administrator", await _company.CodeAsync(await _company.MemberAsync(limited, tin), $"/company/representatives/{founder}/end"));

        var other = await _company.JoinAsync(first, Administrator);
        var second = await _company.MemberAsync(other, tin);
        var answers = await Task.WhenAll(
            _company.PostAsync(first, $"/company/representatives/{other}/end"), _company.PostAsync(second, $"/company/representatives/{founder}/end"));
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        Array.ForEach(answers, answer => answer.Dispose());
    }

    [Fact]
    public async Task A_company_is_not_touched_through_another()
    {
        var (_, tin) = await _company.FoundAsync();
        var (founder, _) = await _company.FoundAsync();
        var (mine, theirs) = await _company.FoundAsync();
        var stranger = await _company.MemberAsync(mine, theirs);
        Assert.Equal("representative_unknown", await _company.CodeAsync(stranger, $"/company/representatives/{founder}/end"));
        Assert.Equal("company_required", await _company.CodeAsync(await _company.PersonAsync(), "/company/invitations", Company.Invitation("a@b.example", Administrator)));
        var ended = await host.RegisterAsync(tin);
        var token = await _company.MemberAsync(ended, tin);
        await host.EndMembershipsAsync(ended);
        Assert.Equal("representatives_not_yours", await _company.CodeAsync(token, "/company/invitations", Company.Invitation("a@b.example", Administrator)));
    }

    [Theory]
    [InlineData("no address", """{"powers":["aeo"]}""", "invitation_address_invalid")]
    [InlineData("a@b.example", """{"powers":["everything"]}""", "representative_powers_invalid")]
    [InlineData("a@b.example", "{}", "representative_powers_invalid")]
    [InlineData("a@b.example", """{"powers":["aeo"],"until":"2020-01-01T00:00:00Z"}""", "representative_dates_invalid")]
    [InlineData("a@b.example", """{"powers":["aeo"],"from":"2031-01-01T00:00:00Z","until":"2030-01-01T00:00:00Z"}""", "representative_dates_invalid")]
    [InlineData("a@b.example", """{"powers":["aeo"],"signature":"third"}""", "representative_signature_invalid")]
    [InlineData("a@b.example", """{"powers":["aeo"],"role":"owner"}""", "body_invalid")]
    public async Task What_is_not_an_invitation_is_refused(string email, string terms, string code)
    {
        var (founder, tin) = await _company.FoundAsync();
        Assert.Equal(code, await _company.CodeAsync(await _company.MemberAsync(founder, tin), "/company/invitations", Company.Invitation(email, terms)));
    }

    private async Task<string?> AcceptAsync(string account, string secret)
    {
        using var response = await _company.PostAsync(await host.AccessTokenAsync(account, "entities.own"), "/invitations/accept", $$"""{"token":"{{secret}}"}""");
        return response.StatusCode == HttpStatusCode.OK ? null : (await OpenIdHost.JsonAsync(response)).GetProperty("code").GetString();
    }

    private static JsonElement.ArrayEnumerator Items(JsonElement page) => page.GetProperty("items").EnumerateArray();
}
