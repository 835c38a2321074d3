using Microsoft.Extensions.Options;

namespace TradeIdentity.Server.Tests.OpenId.MutualTls;

public sealed class MutualTlsConfigurationTests
{
    private static readonly string Pem = Path.GetTempFileName();

    [Theory]
    [InlineData("MutualTls:BaseUrl is ''", "--MutualTls:Port", "8443")]
    [InlineData("MutualTls:BaseUrl is 'http://mtls.customs.example'", "--MutualTls:BaseUrl", "http://mtls.customs.example")]
    [InlineData("MutualTls:BaseUrl is 'https://mtls.customs.example?x'", "--MutualTls:BaseUrl", "https://mtls.customs.example?x")]
    [InlineData("MutualTls:Port or MutualTls:ForwardedByProxies is required", "--MutualTls:BaseUrl", "https://mtls.customs.example")]
    [InlineData("MutualTls:Port is '0'", "--MutualTls:BaseUrl", "https://mtls.customs.example", "--MutualTls:Port", "0")]
    [InlineData("MutualTls:Port is '+443'", "--MutualTls:BaseUrl", "https://mtls.customs.example", "--MutualTls:Port", "+443")]
    [InlineData("MutualTls:Port is 8443, and no https address", "--MutualTls:BaseUrl", "https://mtls.customs.example", "--MutualTls:Port", "8443")]
    [InlineData("MutualTls:ForwardedByProxies is 'yes'", "--MutualTls:BaseUrl", "https://mtls.customs.example", "--MutualTls:ForwardedByProxies", "yes")]
    [InlineData("MutualTls:ForwardedByProxies needs the proxies", "--MutualTls:BaseUrl", "https://mtls.customs.example", "--MutualTls:ForwardedByProxies", "true")]
    [InlineData("MutualTls:ClientCertificateAuthorities names '/nowhere.pem'", "--MutualTls:BaseUrl", "https://mtls.customs.example", "--MutualTls:ClientCertificateAuthorities:0", "/nowhere.pem")]
    [InlineData("MutualTls:Ports is not a known key", "--MutualTls:Ports", "1")]
    [InlineData("token_endpoint_auth_method must be one of", "--Bootstrap:Clients:9:ClientId", "x", "--Bootstrap:Clients:9:TokenEndpointAuthMethod", "tls_client_auth", "--Bootstrap:Clients:9:TlsClientAuthSanDns", "a.example")]
    [InlineData("this server takes no certificates", "--Bootstrap:Clients:9:ClientId", "x", "--Bootstrap:Clients:9:ClientSecret", "a-secret-of-some-length", "--Bootstrap:Clients:9:TlsClientCertificateBoundAccessTokens", "true")]
    public void A_wrong_value_stops_the_start_with_one_line(string line, params string[] settings)
    {
        var wrong = Assert.Throws<OptionsValidationException>(() => Program.Build(["--environment", "Development", "--contentRoot", Path.GetTempPath(), "--urls", "http://127.0.0.1:0", .. settings]));
        Assert.Contains(line, Assert.Single(wrong.Failures), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not a certificate", "in PEM, and nothing else")]
    [InlineData("leaf", "certificates of authorities")]
    [InlineData("intermediate", "it has no root")]
    public void A_file_that_is_not_of_authorities_stops_the_start(string content, string line)
    {
        using var authority = new AuthorityOfTest();
        using var leaf = authority.Issue("CN=x");
        File.WriteAllText(Pem, content switch { "leaf" => leaf.ExportCertificatePem(), "intermediate" => authority.Intermediate.ExportCertificatePem(), _ => content });
        A_wrong_value_stops_the_start_with_one_line(line, "--MutualTls:BaseUrl", "https://mtls.customs.example", "--MutualTls:ClientCertificateAuthorities:0", Pem);
    }
}
