using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using TradeIdentity.Server.Tests.OpenId.Authorization;
using TradeIdentity.Server.Tests.OpenId.Dpop;

namespace TradeIdentity.Server.Tests.OpenId.SecurityProfile;

/// <summary>FAPI 2.0 security profile §5.3.2: a client that is held to it, and what it is refused.</summary>
public sealed class Fapi2Tests(PersonHost host) : IClassFixture<PersonHost>
{
    [Fact]
    public async Task Inside_the_profile_all_goes_its_way()
    {
        using var client = await Fapi2Client.RegisterAsync(host);
        Assert.Equal("DPoP", (await client.TokensAsync(client.Request())).GetProperty("token_type").GetString());
    }

    [Fact]
    public async Task A_request_that_was_not_pushed_is_refused()
    {
        using var client = await Fapi2Client.RegisterAsync(host);
        var answer = await host.AuthorizeAsync(await client.PersonAsync(), client.Request().Address);
        Assert.Equal("invalid_request", QueryHelpers.ParseQuery(answer.Query)["error"].ToString());
    }

    [Theory]
    [InlineData("array")]
    [InlineData("slash")]
    public async Task An_audience_that_is_not_the_issuer_as_one_text_is_refused(string form)
    {
        using var client = await Fapi2Client.RegisterAsync(host);
        using var response = await client.PushAsync(client.Request(), client.Assertion(form == "array" ? new JsonArray(PersonHost.Issuer) : PersonHost.Issuer + "/"));
        await OpenIdHost.AssertErrorAsync(response, HttpStatusCode.Unauthorized, "invalid_client");
    }

    [Fact]
    public async Task A_token_without_a_proof_and_a_proof_with_RS256_are_refused()
    {
        using var client = await Fapi2Client.RegisterAsync(host);
        var request = client.Request();
        using var none = await client.ExchangeAsync(request, await client.CodeAsync(request), proof: null);
        await OpenIdHost.AssertErrorAsync(none, HttpStatusCode.BadRequest, "invalid_dpop_proof");
        using var rsa = await client.ExchangeAsync(request, await client.CodeAsync(request), await client.ProofAsync(new ProofKeyOfTest("RS256")));
        await OpenIdHost.AssertErrorAsync(rsa, HttpStatusCode.BadRequest, "invalid_dpop_proof");
    }
}
