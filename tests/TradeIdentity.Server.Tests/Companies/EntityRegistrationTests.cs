using System.Net;
using System.Text.Json;
using TradeIdentity.Server.Tests.Api;
using TradeIdentity.Server.Tests.OpenId.Authorization;

namespace TradeIdentity.Server.Tests.Companies;

public sealed class EntityRegistrationOnSqliteTests(PersonHost host) : EntityRegistrationTests(host), IClassFixture<PersonHost>;

public sealed class EntityRegistrationOnPostgreSqlTests(PostgreSqlPersonHost host) : EntityRegistrationTests(host), IClassFixture<PostgreSqlPersonHost>;

/// <summary>People register legal entities, and registrars decide, over the API.</summary>
public abstract class EntityRegistrationTests(PersonHost host)
{
    private readonly Company _company = new(host);

    [Fact]
    public async Task A_registered_entity_is_confirmed_and_the_person_acts_for_it_and_what_was_not_confirmed_stays_declared()
    {
        var account = await host.RegisterAsync();
        var person = await host.AccessTokenAsync(account, "entities.own notices.read");
        var (officer, tin, number) = (await _company.RegistrarAsync(), Company.NewTin(), Company.NewNumber());
        var submitted = await _company.DoAsync(person, "/registrations", Company.Application(number), HttpStatusCode.Created);
        var id = submitted.GetProperty("id").GetString();
        Assert.Equal(("submitted", false), (State(submitted), submitted.GetProperty("joinsRegistered").GetBoolean()));
        Assert.Contains(Items(await _company.ReadAsync(officer, "/officer/registrations?limit=200")), item => item.GetProperty("id").GetString() == id);

        var confirmed = await _company.DoAsync(officer, $"/officer/registrations/{id}/confirm", Company.Decision(tin));
        Assert.Equal(("confirmed", tin), (State(confirmed), confirmed.GetProperty("tin").GetString()));

        var held = await _company.ReadAsync(officer, $"/operators/{tin}");
        Assert.Equal("confirmed", Level(held));
        Assert.Equal(["confirmed", "declared"], held.GetProperty("identifiers").EnumerateArray().Select(Level));
        var shown = await _company.ReadAsync(person, $"/registrations/{id}");
        Assert.Equal(("confirmed", false), (State(shown), shown.TryGetProperty("evidence", out _)));
        Assert.Contains(Items(await _company.ReadAsync(person, "/notices")), notice => notice.GetProperty("kind").GetString() == "registration-confirmed");
        var claims = PersonHost.Claims(await host.TokensAsync(await host.SignInAsync(account, actingFor: tin), AuthorizationRequest.With(("scope", "openid organization"))), "id_token");
        Assert.Contains(tin, claims.GetProperty("organization").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_form_is_filled_from_an_imported_register_and_an_officer_sees_both()
    {
        var (person, officer, number) = (await _company.PersonAsync(), await _company.RegistrarAsync(), Company.NewNumber());
        var line = $$"""{"identifiers":[{"scheme":"euid","value":"{{number}}"},{"scheme":"lei","value":"506700GE1G29325QX363"}],"legalName":"Example Tea B.V.","jurisdiction":"NL","status":"ISSUED","source":"Trade register","asOf":"2026-03-01T00:00:00Z"}""";
        Assert.Contains("rejected", (await _company.ImportAsync(officer, line, """{"identifiers":[]}"""))[1], StringComparison.Ordinal);
        Assert.Contains("updated", Assert.Single(await _company.ImportAsync(officer, line)), StringComparison.Ordinal);

        var extract = await _company.ReadAsync(person, $"/register-extracts/{number.ToLowerInvariant()}");
        Assert.Equal(("Example Tea B.V.", "ISSUED"), (extract.GetProperty("entity").GetProperty("legalName").GetString(), extract.GetProperty("status").GetString()));
        using var unknown = await host.GetAsync("/api/v1/register-extracts/NLKVK.1", bearer: person);
        await ProblemAssert.IsAsync(HttpStatusCode.NotFound, "extract_unknown", unknown);

        var submitted = await _company.DoAsync(person, "/registrations", Company.Application(number), HttpStatusCode.Created);
        Assert.Equal("Example Tea B.V.", submitted.GetProperty("register").GetProperty("entity").GetProperty("legalName").GetString());
    }

    [Fact]
    public async Task An_entity_that_is_registered_is_joined_by_an_officers_decision_and_never_taken_over()
    {
        var number = Company.NewNumber();
        var (officer, tin) = (await _company.RegistrarAsync(), Company.NewTin());
        var first = await host.RegisterAsync();
        var registered = await _company.DoAsync(await host.AccessTokenAsync(first, "entities.own"), "/registrations", Company.Application(number), HttpStatusCode.Created);
        await _company.DoAsync(officer, $"/officer/registrations/{Id(registered)}/confirm", Company.Decision(tin));
        var before = await _company.ReadAsync(officer, $"/operators/{tin}");

        var second = await _company.PersonAsync();
        var joining = await _company.DoAsync(second, "/registrations", Company.Application(number, name: "Example Thieves B.V."), HttpStatusCode.Created);
        // Told plainly, and not under which number.
        Assert.True(joining.GetProperty("joinsRegistered").GetBoolean());
        Assert.DoesNotContain(tin, joining.ToString(), StringComparison.Ordinal);
        Assert.Contains(
            Items(await _company.ReadAsync(await host.AccessTokenAsync(first, "notices.read", tin), "/notices")), notice => notice.GetProperty("kind").GetString() == "registration-joining");

        Assert.Equal("registration_tin_taken", await _company.CodeAsync(officer, $"/officer/registrations/{Id(joining)}/confirm", Company.Decision(tin)));
        Assert.Equal("identifier_taken", await _company.CodeAsync(officer, $"/officer/registrations/{Id(joining)}/confirm", Company.Decision(Company.NewTin())));
        await _company.DoAsync(officer, $"/officer/registrations/{Id(joining)}/confirm", $$"""{"tin":"{{tin}}","evidence":"Power of attorney seen.","joinsRegistered":true,"asAdministrator":false}""");
        Assert.Equal(before.ToString(), (await _company.ReadAsync(officer, $"/operators/{tin}")).ToString());
    }

    [Fact]
    public async Task What_an_officer_asks_is_answered_and_a_refusal_is_told_with_its_reason()
    {
        var (person, officer) = (await _company.PersonAsync(), await _company.RegistrarAsync());
        var id = Id(await _company.DoAsync(person, "/registrations", Company.Application(Company.NewNumber()), HttpStatusCode.Created));
        Assert.Equal("registration_settled", await _company.CodeAsync(person, $"/registrations/{id}/answer", """{"answer":"Too early."}"""));
        Assert.Equal("asked", State(await _company.DoAsync(officer, $"/officer/registrations/{id}/ask", """{"text":"Which deed?"}""")));
        Assert.Equal("submitted", State(await _company.DoAsync(person, $"/registrations/{id}/answer", """{"answer":"That of 3 March."}""")));
        var refused = await _company.DoAsync(officer, $"/officer/registrations/{id}/refuse", """{"text":"The deed names somebody else."}""");
        Assert.Equal(("refused", "The deed names somebody else."), (State(refused), refused.GetProperty("reason").GetString()));
        Assert.Equal("registration_settled", await _company.CodeAsync(officer, $"/officer/registrations/{id}/confirm", Company.Decision(Company.NewTin())));
        Assert.Equal("registration_settled", await _company.CodeAsync(person, $"/registrations/{id}/withdraw"));
        Assert.Contains(Items(await _company.ReadAsync(person, "/notices")), notice => notice.GetProperty("kind").GetString() == "registration-refused");
    }

    [Fact]
    public async Task Nobody_sees_or_settles_the_registration_of_another()
    {
        var (person, stranger) = (await _company.PersonAsync(), await _company.PersonAsync());
        var id = Id(await _company.DoAsync(person, "/registrations", Company.Application(Company.NewNumber()), HttpStatusCode.Created));
        using var hidden = await host.GetAsync($"/api/v1/registrations/{id}", bearer: stranger);
        await ProblemAssert.IsAsync(HttpStatusCode.NotFound, "registration_unknown", hidden);
        Assert.Equal("registration_unknown", await _company.CodeAsync(stranger, $"/registrations/{id}/withdraw"));
        Assert.Equal("withdrawn", State(await _company.DoAsync(person, $"/registrations/{id}/withdraw")));
    }

    [Fact]
    public async Task An_officer_decides_nothing_of_their_own_and_only_in_the_role_of_now()
    {
        var account = await host.RegisterAsync();
        await host.AppointAsync(account, "registrar");
        var both = await host.AccessTokenAsync(account, "entities.own operators.write");
        var id = Id(await _company.DoAsync(both, "/registrations", Company.Application(Company.NewNumber()), HttpStatusCode.Created));
        Assert.Equal("registration_own", await _company.CodeAsync(both, $"/officer/registrations/{id}/confirm", Company.Decision(Company.NewTin())));
        Assert.Equal("registration_own", await _company.CodeAsync(both, $"/officer/registrations/{id}/refuse", """{"text":"No."}"""));
        await host.AppointAsync(account);
        Assert.Equal("registrar_required", await _company.CodeAsync(both, $"/officer/registrations/{id}/ask", """{"text":"Why?"}"""));
    }

    [Fact]
    public async Task One_registration_of_a_person_waits_at_a_time_also_when_two_are_sent_at_once()
    {
        var person = await _company.PersonAsync();
        var sent = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            using var response = await _company.PostAsync(person, "/registrations", Company.Application(Company.NewNumber()));
            return response.StatusCode;
        }));
        Assert.Equal(1, sent.Count(status => status == HttpStatusCode.Created));
        Assert.Equal(3, sent.Count(status => status == HttpStatusCode.Conflict));
    }

    [Fact]
    public async Task Of_two_officers_at_once_one_confirms_and_the_other_is_told()
    {
        var (person, one, other) = (await _company.PersonAsync(), await _company.RegistrarAsync(), await _company.RegistrarAsync());
        var id = Id(await _company.DoAsync(person, "/registrations", Company.Application(Company.NewNumber()), HttpStatusCode.Created));
        var answers = await Task.WhenAll(
            _company.PostAsync(one, $"/officer/registrations/{id}/confirm", Company.Decision(Company.NewTin())),
            _company.PostAsync(other, $"/officer/registrations/{id}/confirm", Company.Decision(Company.NewTin())));
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Conflict], answers.Select(answer => answer.StatusCode).Order());
        Array.ForEach(answers, answer => answer.Dispose());
    }

    [Theory]
    [InlineData("""{"entity":{"legalName":"X","jurisdiction":"NL"},"capacity":"a","basis":"b"}""", "registration_identifier_missing")]
    [InlineData("""{"entity":{"legalName":"X","jurisdiction":"NL","identifiers":[{"scheme":"lei","value":"506700GE1G29325QX364"}]},"capacity":"a","basis":"b"}""", "identifier_invalid")]
    [InlineData("""{"entity":{"legalName":"X","jurisdiction":"NL","identifiers":[{"scheme":"euid","value":"NLKVK.1"}]},"capacity":"a","basis":"b"}""", "registration_address_missing")]
    [InlineData("""{"entity":{"legalName":"X\u202E","jurisdiction":"NL","identifiers":[{"scheme":"euid","value":"NLKVK.1"}]},"capacity":"a","basis":"b"}""", "text_invalid")]
    [InlineData("""{"entity":{"legalName":"X","jurisdiction":"EU","identifiers":[{"scheme":"euid","value":"NLKVK.1"}]},"capacity":"a","basis":"b"}""", "jurisdiction_invalid")]
    [InlineData("""{"entity":{"legalName":"X","jurisdiction":"NL","tin":"nl 1","identifiers":[{"scheme":"euid","value":"NLKVK.1"}]},"capacity":"a","basis":"b"}""", "tin_invalid")]
    [InlineData("""{"entity":{"legalName":"X","jurisdiction":"NL","aeo":[],"identifiers":[]},"capacity":"a","basis":"b"}""", "body_invalid")]
    [InlineData("""{"entity":{"legalName":"X","jurisdiction":"NL","identifiers":[null]},"capacity":"a","basis":"b"}""", "type_wrong")]
    public async Task What_the_register_would_refuse_is_refused_with_the_same_code(string body, string code) =>
        Assert.Equal(code, await _company.CodeAsync(await _company.PersonAsync(), "/registrations", body));

    private static string? Id(JsonElement registration) => registration.GetProperty("id").GetString();

    private static string? State(JsonElement registration) => registration.GetProperty("state").GetString();

    private static string? Level(JsonElement of) => of.GetProperty("evidence").GetProperty("level").GetString();

    private static JsonElement.ArrayEnumerator Items(JsonElement page) => page.GetProperty("items").EnumerateArray();
}
