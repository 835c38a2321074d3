using System.Text.Json;

namespace TradeIdentity.Server.Tests.Api;

[Collection(OnOneServer.Name)]
public sealed class ApiDescriptionTests(ServerFixture server)
{
    [Theory]
    [InlineData("post", "/api/v1/imports/operators", "application/x-ndjson", "tin legalName tradingNames jurisdiction legalForm registeredAddress identifiers roles aeo evidence")]
    [InlineData("get", "/api/v1/operators", null, "")]
    [InlineData("get", "/api/v1/operators/{tin}", null, "")]
    [InlineData("post", "/api/v1/credentials", "application/json", "tin type mandate")]
    [InlineData("get", "/api/v1/credentials/{id}", null, "")]
    [InlineData("get", "/api/v1/credentials/{id}/qr.png", null, "")]
    [InlineData("get", "/api/v1/credentials/{id}/qr.svg", null, "")]
    [InlineData("get", "/api/v1/credentials/{id}/card.pdf", null, "")]
    [InlineData("post", "/api/v1/credentials/{id}/status", "application/json", "status ground")]
    [InlineData("get", "/api/v1/credentials", null, "")]
    [InlineData("post", "/api/v1/credentials/obtain", "application/json", "tin type mandate")]
    [InlineData("post", "/api/v1/credentials/{id}/replace", null, "")]
    [InlineData("post", "/api/v1/credentials/{id}/report-lost", "application/json", "ground")]
    [InlineData("get", "/api/v1/operators/{tin}/aeo", null, "")]
    [InlineData("post", "/api/v1/operators/{tin}/aeo/acts", "application/json", "component act legalGround programme tier ground authorisationNumber effectiveFrom effectiveUntil")]
    [InlineData("get", "/api/v1/operators/{tin}/aeo/proposals", null, "")]
    [InlineData("post", "/api/v1/operators/{tin}/aeo/proposals", "application/json", "component act legalGround programme tier ground authorisationNumber effectiveFrom effectiveUntil")]
    [InlineData("get", "/api/v1/operators/{tin}/aeo/proposals/{id}", null, "")]
    [InlineData("post", "/api/v1/operators/{tin}/aeo/proposals/{id}/approve", null, "")]
    [InlineData("post", "/api/v1/operators/{tin}/aeo/proposals/{id}/turn-down", "application/json", "reason")]
    [InlineData("post", "/api/v1/operators/{tin}/aeo/proposals/{id}/withdraw", null, "")]
    [InlineData("post", "/api/v1/operators/{tin}/aeo/consequences", "application/json", "component act legalGround programme tier ground authorisationNumber effectiveFrom effectiveUntil")]
    [InlineData("get", "/api/v1/operators/{tin}/aeo/requests", null, "")]
    [InlineData("post", "/api/v1/operators/{tin}/aeo/requests", "application/json", "component question dueOn programme")]
    [InlineData("get", "/api/v1/operators/{tin}/aeo/visits", null, "")]
    [InlineData("post", "/api/v1/operators/{tin}/aeo/visits", "application/json", "component visitedOn place visitors findings favourable conclusion programme")]
    [InlineData("get", "/api/v1/operators/{tin}/aeo/holder/requests", null, "")]
    [InlineData("post", "/api/v1/operators/{tin}/aeo/holder/requests/{id}/answer", "application/json", "answer")]
    [InlineData("get", "/api/v1/operators/{tin}/aeo/holder", null, "")]
    [InlineData("post", "/api/v1/operators/{tin}/aeo/holder/acts", "application/json", "component act reason programme")]
    [InlineData("get", "/api/v1/aeo/proposals", null, "")]
    [InlineData("get", "/api/v1/aeo/applications", null, "")]
    [InlineData("post", "/api/v1/credentials/bulk", "application/x-ndjson", "tin type mandate")]
    [InlineData("get", "/api/v1/mandates", null, "")]
    [InlineData("post", "/api/v1/mandates", "application/json", "grantor representative kind validUntil validFrom scope mayDelegate parent evidence")]
    [InlineData("get", "/api/v1/mandates/{id}", null, "")]
    [InlineData("post", "/api/v1/mandates/{id}/accept", null, "")]
    [InlineData("post", "/api/v1/mandates/{id}/decline", null, "")]
    [InlineData("post", "/api/v1/mandates/{id}/end", "application/json", "ground")]
    [InlineData("post", "/api/v1/imports/register-extracts", "application/x-ndjson", "identifiers legalName jurisdiction source legalForm registeredAddress status asOf")]
    [InlineData("get", "/api/v1/register-extracts/{number}", null, "")]
    [InlineData("get", "/api/v1/registrations", null, "")]
    [InlineData("post", "/api/v1/registrations", "application/json", "entity capacity basis")]
    [InlineData("get", "/api/v1/registrations/{id}", null, "")]
    [InlineData("post", "/api/v1/registrations/{id}/answer", "application/json", "answer")]
    [InlineData("post", "/api/v1/registrations/{id}/withdraw", null, "")]
    [InlineData("get", "/api/v1/officer/registrations", null, "")]
    [InlineData("get", "/api/v1/officer/registrations/{id}", null, "")]
    [InlineData("post", "/api/v1/officer/registrations/{id}/confirm", "application/json", "tin evidence joinsRegistered confirmedBy source confirmedSchemes asAdministrator")]
    [InlineData("post", "/api/v1/officer/registrations/{id}/refuse", "application/json", "text")]
    [InlineData("post", "/api/v1/officer/registrations/{id}/ask", "application/json", "text")]
    [InlineData("get", "/api/v1/company/representatives", null, "")]
    [InlineData("put", "/api/v1/company/representatives/{account}", "application/json", "powers isAdministrator signature from until")]
    [InlineData("post", "/api/v1/company/representatives/{account}/end", null, "")]
    [InlineData("get", "/api/v1/company/invitations", null, "")]
    [InlineData("post", "/api/v1/company/invitations", "application/json", "email terms")]
    [InlineData("post", "/api/v1/company/invitations/{id}/resend", null, "")]
    [InlineData("post", "/api/v1/company/invitations/{id}/withdraw", null, "")]
    [InlineData("post", "/api/v1/invitations/accept", "application/json", "token")]
    [InlineData("post", "/api/v1/invitations/decline", "application/json", "token")]
    [InlineData("get", "/api/v1/company/joint-acts", null, "")]
    [InlineData("post", "/api/v1/company/joint-acts", "application/json", "aeo mandate masterData")]
    [InlineData("post", "/api/v1/company/joint-acts/{id}/sign", null, "")]
    [InlineData("post", "/api/v1/company/joint-acts/{id}/decline", "application/json", "reason")]
    [InlineData("post", "/api/v1/company/joint-acts/{id}/withdraw", null, "")]
    [InlineData("get", "/api/v1/company/master-data", null, "")]
    [InlineData("post", "/api/v1/company/master-data/release", null, "")]
    [InlineData("post", "/api/v1/company/master-data/withdraw", null, "")]
    [InlineData("get", "/api/v1/master-data", null, "")]
    [InlineData("get", "/api/v1/person/consents", null, "")]
    [InlineData("delete", "/api/v1/person/consents/{id}", null, "")]
    [InlineData("get", "/api/v1/credentials/use-notices", null, "")]
    [InlineData("put", "/api/v1/credentials/use-notices", null, "")]
    [InlineData("delete", "/api/v1/credentials/use-notices", null, "")]
    [InlineData("get", "/api/v1/person/data", null, "")]
    [InlineData("post", "/api/v1/person/close", null, "")]
    [InlineData("get", "/api/v1/company/changes", null, "")]
    [InlineData("post", "/api/v1/company/changes", "application/json", "entity grounds")]
    [InlineData("post", "/api/v1/company/changes/{id}/withdraw", null, "")]
    [InlineData("get", "/api/v1/officer/changes", null, "")]
    [InlineData("post", "/api/v1/officer/changes/{id}/confirm", "application/json", "source")]
    [InlineData("post", "/api/v1/officer/changes/{id}/refuse", "application/json", "text")]
    [InlineData("post", "/api/v1/verifications", "application/json", "qrText")]
    [InlineData("get", "/trust/anchor", null, "")]
    [InlineData("get", "/trust/bundle", null, "")]
    [InlineData("get", "/trust/bundle/delta", null, "")]
    [InlineData("get", "/status-lists", null, "")]
    [InlineData("get", "/status-lists/{list}", null, "")]
    public async Task Every_endpoint_is_described_with_the_body_that_it_takes(string method, string path, string? mediaType, string members)
    {
        var document = await DocumentAsync();
        var operation = document.GetProperty("paths").GetProperty(path).GetProperty(method);
        Assert.NotEmpty(operation.GetProperty("summary").GetString()!);
        Assert.Equal(mediaType is not null, operation.TryGetProperty("requestBody", out var body));
        if (mediaType is not null)
        {
            var reference = body.GetProperty("content").GetProperty(mediaType).GetProperty("schema").GetProperty("$ref").GetString()!;
            var schema = document.GetProperty("components").GetProperty("schemas").GetProperty(reference.Split('/')[^1]);
            Assert.Equal(members.Split(' ').Order(), schema.GetProperty("properties").EnumerateObject().Select(member => member.Name).Order());
        }
    }

    [Fact]
    public async Task The_scopes_are_described_and_the_address_is_that_of_the_configuration()
    {
        var document = await DocumentAsync();
        Assert.Equal("http://localhost:5080", Assert.Single(document.GetProperty("servers").EnumerateArray()).GetProperty("url").GetString());
        Assert.Equal("TradeIdentity", document.GetProperty("info").GetProperty("title").GetString());
        var flow = document.GetProperty("components").GetProperty("securitySchemes").GetProperty("oauth2").GetProperty("flows").GetProperty("clientCredentials");
        Assert.Equal("http://localhost:5080/connect/token", flow.GetProperty("tokenUrl").GetString());
        var issue = document.GetProperty("paths").GetProperty("/api/v1/credentials").GetProperty("post");
        Assert.Equal("credentials.issue", Assert.Single(Assert.Single(issue.GetProperty("security").EnumerateArray()).GetProperty("oauth2").EnumerateArray()).GetString());
    }

    [Fact]
    public async Task Every_example_of_a_body_is_one_that_is_read()
    {
        var operations = (await DocumentAsync()).GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject(), (path, operation) => (path.Name, operation.Value));
        var examples = 0;
        foreach (var (path, operation) in operations)
        {
            if (operation.TryGetProperty("requestBody", out var body) && body.GetProperty("content").TryGetProperty("application/json", out var json) && json.TryGetProperty("example", out var example))
            {
                examples++;
                using var response = await server.PostJsonAsync(path.Replace("{tin}", "NL000000404").Replace("{id}", "0"), example.GetRawText());
                Assert.True(response.IsSuccessStatusCode || (await ServerFixture.JsonAsync(response)).GetProperty("code").GetString() != "body_invalid", path);
            }
        }

        Assert.InRange(examples, 3, int.MaxValue);
    }

    private async Task<JsonElement> DocumentAsync()
    {
        using var response = await server.SendAsync(HttpMethod.Get, "/openapi/v1.json", anonymous: true);
        var document = await ServerFixture.JsonAsync(response);
        Assert.StartsWith("3.", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        return document;
    }
}
