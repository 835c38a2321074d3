using System.Net;
using System.Text;

namespace TradeIdentity.Server.Tests.Api;

[Collection(OnOneServer.Name)]
public sealed class ApiAuthorisationTests(ServerFixture server)
{
    public static TheoryData<string, string, string> Endpoints { get; } = new()
    {
        { "POST", "/api/v1/imports/operators", "registry.import" },
        { "GET", "/api/v1/operators", "operators.read" },
        { "GET", "/api/v1/operators/NL854502130", "operators.read" },
        { "GET", "/api/v1/operators/NL854502130/credentials", "operators.read" },
        { "GET", "/api/v1/operators/NL854502130/lookalikes", "operators.read" },
        { "GET", "/api/v1/audit", "audit.read" },
        { "GET", "/api/v1/officer/statistics", "operators.read" },
        { "GET", "/api/v1/audit/1", "audit.read" },
        { "POST", "/api/v1/audit/verifications", "audit.read" },
        { "POST", "/api/v1/credentials", "credentials.issue" },
        { "POST", "/api/v1/credentials/bulk", "credentials.issue" },
        { "GET", "/api/v1/credentials/00000000000000000000000000000000", "operators.read" },
        { "GET", "/api/v1/credentials/00000000000000000000000000000000/qr.png", "operators.read" },
        { "GET", "/api/v1/credentials/00000000000000000000000000000000/qr.svg", "operators.read" },
        { "GET", "/api/v1/credentials/00000000000000000000000000000000/card.pdf", "operators.read" },
        { "POST", "/api/v1/credentials/00000000000000000000000000000000/status", "credentials.revoke" },
        { "GET", "/api/v1/credentials", "credentials.own" },
        { "POST", "/api/v1/credentials/obtain", "credentials.own" },
        { "POST", "/api/v1/credentials/00000000000000000000000000000000/replace", "credentials.own" },
        { "POST", "/api/v1/credentials/00000000000000000000000000000000/report-lost", "credentials.own" },
        { "GET", "/api/v1/credentials/use-notices", "credentials.own" },
        { "PUT", "/api/v1/credentials/use-notices", "credentials.own" },
        { "DELETE", "/api/v1/credentials/use-notices", "credentials.own" },
        { "POST", "/api/v1/verifications", "verification" },
        { "GET", "/api/v1/operators/NL854502130/aeo", "operators.read" },
        { "POST", "/api/v1/operators/NL854502130/aeo/acts", "aeo.decide" },
        { "GET", "/api/v1/operators/NL854502130/aeo/proposals", "aeo.decide" },
        { "POST", "/api/v1/operators/NL854502130/aeo/proposals", "aeo.decide" },
        { "GET", "/api/v1/operators/NL854502130/aeo/proposals/00000000000000000000000000000000", "aeo.decide" },
        { "POST", "/api/v1/operators/NL854502130/aeo/proposals/00000000000000000000000000000000/approve", "aeo.decide" },
        { "POST", "/api/v1/operators/NL854502130/aeo/proposals/00000000000000000000000000000000/turn-down", "aeo.decide" },
        { "GET", "/api/v1/aeo/proposals", "aeo.decide" },
        { "GET", "/api/v1/aeo/applications", "aeo.decide" },
        { "GET", "/api/v1/operators/NL854502130/aeo/holder", "aeo.apply" },
        { "POST", "/api/v1/operators/NL854502130/aeo/holder/acts", "aeo.apply" },
        { "GET", "/api/v1/notices", "notices.read" },
        { "POST", "/api/v1/notices/seen", "notices.read" },
        { "GET", "/api/v1/webhooks", "webhooks" },
        { "POST", "/api/v1/webhooks", "webhooks" },
        { "DELETE", "/api/v1/webhooks/0", "webhooks" },
        { "POST", "/api/v1/webhooks/0/test", "webhooks" },
        { "GET", "/api/v1/webhooks/0/deliveries", "webhooks" },
        { "POST", "/api/v1/webhooks/0/deliveries/0/resend", "webhooks" },
        { "GET", "/api/v1/register-extracts/529900T8BM49AURSDO55", "entities.own" },
        { "GET", "/api/v1/registrations", "entities.own" },
        { "POST", "/api/v1/registrations", "entities.own" },
        { "POST", "/api/v1/registrations/00000000000000000000000000000000/withdraw", "entities.own" },
        { "GET", "/api/v1/company/representatives", "entities.own" },
        { "POST", "/api/v1/company/representatives/0/end", "entities.own" },
        { "POST", "/api/v1/company/invitations", "entities.own" },
        { "POST", "/api/v1/invitations/accept", "entities.own" },
        { "POST", "/api/v1/company/joint-acts", "entities.own" },
        { "POST", "/api/v1/company/joint-acts/0/sign", "entities.own" },
        { "POST", "/api/v1/company/changes", "entities.own" },
        { "GET", "/api/v1/company/master-data", "entities.own" },
        { "POST", "/api/v1/company/master-data/release", "entities.own" },
        { "POST", "/api/v1/company/master-data/withdraw", "entities.own" },
        { "GET", "/api/v1/master-data", "master-data.read" },
        { "GET", "/api/v1/person/consents", "privacy.own" },
        { "DELETE", "/api/v1/person/consents/0", "privacy.own" },
        { "GET", "/api/v1/person/data", "privacy.own" },
        { "POST", "/api/v1/person/close", "privacy.own" },
        { "GET", "/api/v1/officer/changes", "operators.write" },
        { "POST", "/api/v1/officer/changes/0/confirm", "operators.write" },
        { "GET", "/api/v1/operators/NL1/aeo/holder/questionnaire?component=AEOC", "aeo.apply" },
        { "POST", "/api/v1/operators/NL1/aeo/holder/answers", "aeo.apply" },
        { "GET", "/api/v1/operators/NL1/aeo/holder/attachments?component=AEOC", "aeo.apply" },
        { "POST", "/api/v1/operators/NL1/aeo/holder/attachments?component=AEOC&name=a.pdf", "aeo.apply" },
        { "GET", "/api/v1/operators/NL1/aeo/holder/attachments/0", "aeo.apply" },
        { "DELETE", "/api/v1/operators/NL1/aeo/holder/attachments/0", "aeo.apply" },
        { "GET", "/api/v1/operators/NL1/aeo/questionnaire?component=AEOC", "aeo.decide" },
        { "GET", "/api/v1/operators/NL1/aeo/attachments?component=AEOC", "aeo.decide" },
        { "GET", "/api/v1/operators/NL1/aeo/attachments/0", "aeo.decide" },
        { "GET", "/api/v1/officer/successions", "successions.decide" },
        { "POST", "/api/v1/officer/successions", "successions.decide" },
        { "GET", "/api/v1/officer/successions/0", "successions.decide" },
        { "POST", "/api/v1/officer/successions/0/approve", "successions.decide" },
        { "POST", "/api/v1/officer/successions/0/turn-down", "successions.decide" },
        { "POST", "/api/v1/officer/successions/0/withdraw", "successions.decide" },
        { "GET", "/api/v1/officer/registrations", "operators.write" },
        { "POST", "/api/v1/officer/registrations/00000000000000000000000000000000/confirm", "operators.write" },
        { "POST", "/api/v1/officer/registrations/00000000000000000000000000000000/refuse", "operators.write" },
        { "GET", "/api/v1/accounts", "accounts.read" },
        { "GET", "/api/v1/accounts/00000000000000000000000000000000", "accounts.read" },
        { "DELETE", "/api/v1/accounts/00000000000000000000000000000000/sessions/0", "accounts.write" },
        { "DELETE", "/api/v1/accounts/00000000000000000000000000000000/consents/0", "accounts.write" },
        { "DELETE", "/api/v1/accounts/00000000000000000000000000000000/tokens/0", "accounts.write" },
        { "POST", "/api/v1/accounts/00000000000000000000000000000000/sign-out-everywhere", "accounts.write" },
        { "POST", "/api/v1/accounts/00000000000000000000000000000000/lock", "accounts.write" },
        { "POST", "/api/v1/accounts/00000000000000000000000000000000/unlock", "accounts.write" },
    };

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task Without_a_token_an_endpoint_answers_401_and_a_code(string method, string path, string scope)
    {
        _ = scope;
        await ProblemAssert.StoresNothingAsync(server, HttpStatusCode.Unauthorized, "unauthorised",
            () => server.SendAsync(new HttpMethod(method), path, Body(method, path), anonymous: true));
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task Without_its_scope_an_endpoint_answers_403_and_names_it(string method, string path, string scope)
    {
        var another = scope == "audit.read" ? "notices.read" : "audit.read";
        await ProblemAssert.StoresNothingAsync(server, HttpStatusCode.Forbidden, "forbidden",
            () => server.SendAsync(new HttpMethod(method), path, Body(method, path), scope: another));
        using var response = await server.SendAsync(new HttpMethod(method), path, Body(method, path), scope: another);
        Assert.Contains($"scope=\"{scope}\"", Assert.Single(response.Headers.WwwAuthenticate).Parameter, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task Its_own_scope_is_enough(string method, string path, string scope)
    {
        using var response = await server.SendAsync(new HttpMethod(method), path, Body(method, path), scope: scope);
        Assert.NotEqual(HttpStatusCode.Unauthorized, response.StatusCode);
        // RFC 6750 §3: what is refused for the token says so here; what takes a person is refused a client for another reason.
        Assert.Empty(response.Headers.WwwAuthenticate);
        Assert.True((int)response.StatusCode < 500, $"{response.StatusCode}");
    }

    // Of the media type that the endpoint takes, and empty: what is refused is the caller.
    private static StringContent? Body(string method, string path) => method == "GET"
        ? null
        : new StringContent("", Encoding.UTF8, path.EndsWith("operators", StringComparison.Ordinal) || path.EndsWith("bulk", StringComparison.Ordinal) ? "application/x-ndjson" : "application/json");
}
