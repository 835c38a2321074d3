using System.IO.Pipelines;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Server.Tests.OpenId.Authorization;

namespace TradeIdentity.Server.Tests.Site;

/// <summary>Pages of officers with a role, before anything of the request's body is read.</summary>
public sealed class RolesOnlyTests(PersonHost host) : IClassFixture<PersonHost>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/officer/imports")]
    [InlineData("/officer/registrations")]
    [InlineData("/officer/audit")]
    [InlineData("/officer/operators")]
    [InlineData("/officer/statistics")]
    public async Task An_officer_who_has_shown_one_factor_is_led_to_where_a_second_is_added(string page)
    {
        var account = await host.RegisterAsync();
        await host.AppointAsync(account, AccountRoles.Registrar, AccountRoles.Auditor);
        using var response = await host.GetAsync(page, await host.SignInAsync(account));
        Assert.Equal((HttpStatusCode.Redirect, "/account/authenticator"), (response.StatusCode, response.Headers.Location!.OriginalString));
        using var opened = await host.GetAsync(page, await host.SignInAsync(account, "urn:tradeidentity:acr:2"));
        Assert.Equal(HttpStatusCode.OK, opened.StatusCode);
    }

    [Fact]
    public async Task Of_who_has_not_the_role_no_file_is_read()
    {
        var body = new Pipe();
        await body.Writer.WriteAsync(Encoding.ASCII.GetBytes("--x\r\nContent-Disposition: form-data; name=\"File\"; filename=\"a.ndjson\"\r\n\r\n"), Cancelled);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/officer/imports") { Content = new StreamContent(body.Reader.AsStream()) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");
        request.Content.Headers.ContentLength = 30_000_000;
        // The server says that it wants the body when it begins to read it.
        request.Headers.ExpectContinue = true;
        request.Headers.Add("Cookie", await host.SignInAsync(await host.RegisterAsync(), "urn:tradeidentity:acr:2"));
        // The rest of the file never comes.
        using var response = await host.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancelled).WaitAsync(TimeSpan.FromSeconds(20), Cancelled);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        await body.Writer.CompleteAsync();
    }
}
