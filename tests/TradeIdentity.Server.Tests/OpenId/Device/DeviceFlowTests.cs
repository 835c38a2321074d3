using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using TradeIdentity.Server.OpenId.Authorization;
using TradeIdentity.Server.Tests.OpenId.Authorization;

namespace TradeIdentity.Server.Tests.OpenId.Device;

/// <summary>RFC 8628.</summary>
public sealed class DeviceFlowTests(PersonHost host) : IClassFixture<PersonHost>
{
    private const string Grant = "urn:ietf:params:oauth:grant-type:device_code";

    [Fact]
    public async Task A_device_gets_tokens_of_the_person_who_allows_it_and_sees_its_code()
    {
        var device = await AskAsync("openid organization offline_access");
        var code = device.GetProperty("user_code").GetString()!;
        Assert.Matches("^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$", code);
        Assert.Equal(PersonHost.Issuer + "/device", device.GetProperty("verification_uri").GetString());
        Assert.Equal($"{PersonHost.Issuer}/device?user_code={code}", device.GetProperty("verification_uri_complete").GetString());
        using var early = await PollAsync(device);
        await OpenIdHost.AssertErrorAsync(early, HttpStatusCode.BadRequest, "authorization_pending");

        var account = await host.RegisterAsync(PersonHost.Tin);
        Assert.Equal("/sign-in", (await host.AuthorizeAsync(null, Verify(code))).AbsolutePath);
        var cookie = await host.SignInAsync(account);
        var consent = await host.AuthorizeAsync(cookie, Verify(code));
        Assert.True(host.Services.GetRequiredService<Interactions>().TryRead(PersonHost.ReturnUrl(consent), out var interaction));
        Assert.Equal((code, PersonHost.Application, PersonHost.Tin), (interaction.UserCode, interaction.ClientId, interaction.Organization));
        Assert.Equal("/device?outcome=allowed", (await host.AnswerAsync(consent, cookie)).PathAndQuery);

        using var answer = await PollAsync(device);
        var tokens = await OpenIdHost.JsonAsync(answer);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, tokens.ToString());
        Assert.Equal(account, PersonHost.Claims(tokens, "id_token").GetProperty("sub").GetString());
        Assert.Equal(PersonHost.Tin, PersonHost.Claims(tokens, "access_token").GetProperty("organization").GetProperty("tin").GetString());
        using var again = await PollAsync(device);
        await OpenIdHost.AssertErrorAsync(again, HttpStatusCode.BadRequest, "invalid_grant");
        Assert.Equal("/device?outcome=unknown", (await host.AuthorizeAsync(cookie, Verify(code))).PathAndQuery);
    }

    [Fact]
    public async Task A_device_is_asked_for_each_time_and_hears_of_a_refusal()
    {
        var cookie = await host.SignInAsync(await host.RegisterAsync(PersonHost.Tin));
        foreach (var answer in new[] { InteractionAnswer.Allowed, InteractionAnswer.Refused })
        {
            var device = await AskAsync("openid");
            var consent = await host.AuthorizeAsync(cookie, Verify(device.GetProperty("user_code").GetString()!));
            Assert.Equal($"/device?outcome={answer.ToString().ToLowerInvariant()}", (await host.AnswerAsync(consent, cookie, answer)).PathAndQuery);
            using var polled = await PollAsync(device);
            if (answer == InteractionAnswer.Refused)
            {
                await OpenIdHost.AssertErrorAsync(polled, HttpStatusCode.BadRequest, "access_denied");
            }
        }
    }

    [Fact]
    public async Task A_device_that_asks_too_often_is_told_to_slow_down()
    {
        var device = await AskAsync("openid");
        using var first = await PollAsync(device);
        using var second = await PollAsync(device);
        await OpenIdHost.AssertErrorAsync(second, HttpStatusCode.BadRequest, "slow_down");
    }

    private static string Verify(string code) => QueryHelpers.AddQueryString("/connect/verify", "user_code", code);

    private async Task<JsonElement> AskAsync(string scope)
    {
        using var response = await host.PostAsync("/connect/device", PersonHost.Application, ("scope", scope));
        var answer = await OpenIdHost.JsonAsync(response);
        Assert.True(response.StatusCode == HttpStatusCode.OK, answer.ToString());
        return answer;
    }

    private Task<HttpResponseMessage> PollAsync(JsonElement device) =>
        host.TokenAsync(PersonHost.Application, ("grant_type", Grant), ("device_code", device.GetProperty("device_code").GetString()!));
}
