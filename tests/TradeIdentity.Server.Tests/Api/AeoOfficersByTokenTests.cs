using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Server.Tests.OpenId;
using TradeIdentity.Server.Tests.OpenId.Authorization;
using TradeIdentity.Server.Tests.OpenId.ClientChoices;

namespace TradeIdentity.Server.Tests.Api;

/// <summary>Who an officer is does not depend on the client that the token came through.</summary>
public sealed class AeoOfficersByTokenTests(PersonHost host) : IClassFixture<PersonHost>
{
    private const string Proposals = $"/api/v1/operators/{PersonHost.Tin}/aeo/proposals";
    private const string Suspend = """{"component":"AEOC","act":"suspend","ground":"suspected","legalGround":"Article 30(1)"}""";

    [Fact]
    public async Task One_person_is_one_officer_through_clients_that_know_them_by_other_subjects()
    {
        var first = await ChoosingClient.RegisterAsync(host, "first-desk", new() { ["subject_type"] = "pairwise" }, "scp:aeo.decide");
        var second = await ChoosingClient.RegisterAsync(host, "second-desk", new() { ["subject_type"] = "pairwise" }, "scp:aeo.decide");
        var account = await OfficerAsync();
        using var proposed = await PostAsync(Proposals, await TokenAsync(first, account), Suspend);
        Assert.True(proposed.StatusCode == HttpStatusCode.Created, await proposed.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        var address = proposed.Headers.Location!.OriginalString;
        Assert.Equal(account, (await ServerFixture.JsonAsync(proposed)).GetProperty("proposedBy").GetString());

        await RefusedAsync(HttpStatusCode.Conflict, "aeo_four_eyes", await PostAsync($"{address}/approve", await TokenAsync(second, account), "{}"));
        using var approved = await PostAsync($"{address}/approve", await TokenAsync(second, await OfficerAsync()), "{}");
        Assert.Equal(HttpStatusCode.OK, approved.StatusCode);
    }

    private async Task<string> OfficerAsync()
    {
        var account = await host.RegisterAsync();
        await host.AppointAsync(account, AccountRoles.AeoOfficer, AccountRoles.Approver);
        return account;
    }

    private async Task<string> TokenAsync(ChoosingClient client, string account) =>
        (await client.TokensAsync(await host.SignInAsync(account, "urn:tradeidentity:acr:2"), "openid aeo.decide")).GetProperty("access_token").GetString()!;

    private Task<HttpResponseMessage> PostAsync(string path, string token, string body) => host.SendAsync(HttpMethod.Post, path, token, body);

    private static async Task<JsonElement> RefusedAsync(HttpStatusCode status, string code, HttpResponseMessage response)
    {
        using (response)
        {
            return await ProblemAssert.IsAsync(status, code, response);
        }
    }
}
