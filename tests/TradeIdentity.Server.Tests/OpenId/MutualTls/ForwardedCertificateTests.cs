using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace TradeIdentity.Server.Tests.OpenId.MutualTls;

/// <summary>RFC 9440: certificates that a proxy forwards, and those that somebody only says were forwarded.</summary>
public sealed class ForwardedCertificateTests(ForwardedCertificateHost host) : IClassFixture<ForwardedCertificateHost>
{
    private const string Proxy = "127.0.0.1";
    private const string Subject = "CN=\"Freight, Example\", O=Example Freight, C=XA";

    [Fact]
    public async Task What_the_trusted_proxy_forwards_authenticates_and_binds()
    {
        using var certificate = host.Authority.Issue(Subject);
        using var response = await host.ForwardAsync("by-subject", Proxy, ("Client-Cert", Item(certificate)));
        var json = await OpenIdHost.JsonAsync(response);
        Assert.True(response.StatusCode == HttpStatusCode.OK, json.ToString());
        Assert.Equal(MutualTlsHost.Thumbprint(certificate), MutualTlsHost.BoundTo(json.GetProperty("access_token").GetString()!));
    }

    [Fact]
    public async Task A_chain_is_forwarded_beside_it()
    {
        using var certificate = host.Authority.IssueBelow(Subject);
        using var whole = await host.ForwardAsync("by-subject", Proxy, ("Client-Cert", Item(certificate)), ("Client-Cert-Chain", $"{Item(host.Authority.Intermediate)}, {Item(host.Authority.Root)}"));
        Assert.Equal(HttpStatusCode.OK, whole.StatusCode);
        using var alone = await host.ForwardAsync("by-subject", Proxy, ("Client-Cert", Item(certificate)));
        await OpenIdHost.AssertErrorAsync(alone, HttpStatusCode.Unauthorized, "invalid_client");
    }

    [Fact]
    public async Task From_anybody_else_the_header_is_dropped()
    {
        using var certificate = host.Authority.Issue(Subject);
        using var trusted = await host.ForwardByTlsAsync("by-subject", Proxy, own: null, ("Client-Cert", Item(certificate)));
        Assert.Equal(HttpStatusCode.OK, trusted.StatusCode);
        foreach (var pretended in ((string, string)[][])[[], [("X-Forwarded-For", Proxy)], [("Forwarded", "for=127.0.0.1")]])
        {
            using var response = await host.ForwardByTlsAsync("by-subject", "127.0.0.2", own: null, [("Client-Cert", Item(certificate)), .. pretended]);
            await OpenIdHost.AssertErrorAsync(response, HttpStatusCode.Unauthorized, "invalid_client");
        }
    }

    [Fact]
    public async Task A_header_from_a_client_does_not_stand_for_another_certificate_than_its_own()
    {
        using var certificate = host.Authority.Issue(Subject);
        using var own = host.Authority.Issue("CN=thief");
        using var response = await host.ForwardByTlsAsync("by-subject", "127.0.0.2", own, ("Client-Cert", Item(certificate)));
        await OpenIdHost.AssertErrorAsync(response, HttpStatusCode.Unauthorized, "invalid_client");
    }

    [Fact]
    public async Task The_certificate_of_the_proxy_is_nobodys()
    {
        using var certificate = host.Authority.Issue(Subject);
        using var response = await host.ForwardByTlsAsync("by-subject", Proxy, certificate);
        await OpenIdHost.AssertErrorAsync(response, HttpStatusCode.Unauthorized, "invalid_client");
        using var direct = await host.ForwardByTlsAsync("by-subject", "127.0.0.2", certificate);
        Assert.Equal(HttpStatusCode.OK, direct.StatusCode);
    }

    [Fact]
    public async Task Without_the_header_there_is_no_certificate()
    {
        using var response = await host.ForwardAsync("by-subject", Proxy);
        await OpenIdHost.AssertErrorAsync(response, HttpStatusCode.Unauthorized, "invalid_client");
    }

    [Theory]
    [InlineData("")]
    [InlineData("::")]
    [InlineData(":AAAA:")]
    [InlineData(":not base64:")]
    [InlineData("bare")]
    [InlineData("parameter")]
    [InlineData("open")]
    [InlineData("twice in one")]
    [InlineData("pem")]
    [InlineData("trailing")]
    [InlineData("oversized")]
    [InlineData("url encoded")]
    public async Task A_header_that_is_malformed_is_refused_and_not_passed_over(string flaw)
    {
        using var certificate = host.Authority.Issue(Subject);
        var item = Item(certificate);
        var header = flaw switch
        {
            "bare" => item.Trim(':'),
            "parameter" => item + ";a=1",
            "open" => item[..^1],
            "twice in one" => $"{item}, {item}",
            "pem" => $":{Convert.ToBase64String(Encoding.ASCII.GetBytes(certificate.ExportCertificatePem()))}:",
            "trailing" => $":{Convert.ToBase64String([.. certificate.RawData, 0])}:",
            "oversized" => $":{new string('A', 9000)}:",
            "url encoded" => Uri.EscapeDataString(certificate.ExportCertificatePem()),
            _ => flaw,
        };
        using var response = await host.ForwardAsync("by-subject", Proxy, ("Client-Cert", header));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.DoesNotContain("access_token", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_headers_a_chain_alone_and_a_chain_without_end_are_refused()
    {
        using var certificate = host.Authority.Issue(Subject);
        var item = Item(certificate);
        (string, string)[][] requests =
        [
            [("Client-Cert", item), ("Client-Cert", item)],
            [("Client-Cert-Chain", item)],
            [("Client-Cert", item), ("Client-Cert-Chain", string.Join(',', Enumerable.Repeat(item, 8)))],
            [("Client-Cert", item), ("Client-Cert-Chain", $"{item},,")],
        ];
        foreach (var headers in requests)
        {
            using var response = await host.ForwardAsync("by-subject", Proxy, headers);
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        }
    }

    [Fact]
    public async Task More_than_all_headers_may_have_is_refused_by_the_host()
    {
        using var response = await host.ForwardAsync("by-subject", Proxy, ("Client-Cert", $":{new string('A', 20_000)}:"));
        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, response.StatusCode);
    }

    private static string Item(X509Certificate2 certificate) => $":{Convert.ToBase64String(certificate.RawData)}:";
}
