using System.Net;
using System.Text;
using TradeIdentity.Server.Tests.OpenId.Authorization;

namespace TradeIdentity.Server.Tests.OpenId;

/// <summary>What nobody can read is an error of who sent it, and not of the server.</summary>
public sealed class UnreadableRequestTests(PostgreSqlPersonHost host) : IClassFixture<PostgreSqlPersonHost>
{
    [Theory]
    [InlineData("/connect/authorize?client_id=%00")]
    [InlineData("/connect/authorize?client_id=agency&scope=openid%20%00&response_type=code")]
    [InlineData("/connect/logout?client_id=%00&post_logout_redirect_uri=https%3A%2F%2Fagency.example%2Fsigned-out")]
    public async Task A_NUL_in_an_address(string address)
    {
        using var answer = await host.GetAsync(address);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_NUL_in_the_name_of_a_client()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/connect/token") { Content = new FormUrlEncodedContent([new("grant_type", "client_credentials")]) };
        request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes("%00:secret")));
        using var answer = await host.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task A_form_of_many_parts_that_is_cut_off()
    {
        using var content = new StringContent("--x\r\nContent-Disposition: form-data; name=\"grant_type\"\r\n\r\nclient");
        content.Headers.ContentType = new("multipart/form-data") { Parameters = { new("boundary", "x") } };
        using var answer = await host.Http.PostAsync(new Uri("/connect/token", UriKind.Relative), content, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
    }

    [Theory]
    [InlineData("/connect/token", HttpStatusCode.BadRequest)]
    [InlineData("/connect/par", HttpStatusCode.BadRequest)]
    [InlineData("/connect/authorize", HttpStatusCode.BadRequest)]
    [InlineData("/sign-in", HttpStatusCode.BadRequest)]
    [InlineData("/register", HttpStatusCode.BadRequest)]
    [InlineData("/nothing", HttpStatusCode.NotFound)]
    public async Task A_form_in_a_charset_of_its_own(string path, HttpStatusCode status)
    {
        using var content = new StringContent("grant_type=client_credentials");
        content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse("application/x-www-form-urlencoded; charset=utf-7");
        using var answer = await host.Http.PostAsync(new Uri(path, UriKind.Relative), content, TestContext.Current.CancellationToken);
        Assert.Equal(status, answer.StatusCode);
    }

    [Theory]
    [InlineData("/sign-in", "")]
    [InlineData("/sign-in", "text/html")]
    [InlineData("/connect/authorize", "text/html")]
    public async Task A_form_of_many_parts_with_a_charset_in_one(string path, string accept)
    {
        using var content = new StringContent("--x\r\nContent-Disposition: form-data; name=\"Email\"\r\nContent-Type: text/plain; charset=utf-7\r\n\r\nabc\r\n--x--\r\n");
        content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        request.Headers.TryAddWithoutValidation("Accept", accept);
        using var answer = await host.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
    }
}
