using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;
using TradeIdentity.Authority.OpenId;
using TradeIdentity.Authority.OpenId.Certificates;
using TradeIdentity.Authority.OpenId.Registration;
using TradeIdentity.Authority.Outbound;
using TradeIdentity.Authority.Tests.Outbound;

namespace TradeIdentity.Authority.Tests.OpenId.Certificates;

public sealed class CheckClientCertificateTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly ManualTime _time = new(Now);

    [Fact]
    public async Task A_new_certificate_at_the_clients_address_counts_without_waiting_and_the_old_one_no_longer()
    {
        using var old = SelfSigned();
        using var renewed = SelfSigned();
        await using var server = new TlsAnswers(TlsAnswers.Ok(Keys(old)), TlsAnswers.Ok(Keys(renewed)));
        using var http = new PublicHttp(server.Network, TimeProvider.System);
        var check = new CheckClientCertificate(ClientCertificateAuthorities.None, new ClientKeys(http, _time), _time);
        var client = Client("self_signed_tls_client_auth", "jwks_uri", "https://client.example/jwks");

        Assert.True(await check.ExecuteAsync(client, old, [], TestContext.Current.CancellationToken));
        Assert.False(await check.ExecuteAsync(client, renewed, [], TestContext.Current.CancellationToken));
        _time.Advance(TimeSpan.FromSeconds(61));
        Assert.True(await check.ExecuteAsync(client, renewed, [], TestContext.Current.CancellationToken));
        Assert.False(await check.ExecuteAsync(client, old, [], TestContext.Current.CancellationToken));
        Assert.Equal(2, server.Connections);
    }

    [Fact]
    public async Task A_key_without_its_certificate_authenticates_nobody()
    {
        using var certificate = SelfSigned();
        await using var server = new TlsAnswers(TlsAnswers.Ok(Keys(certificate, withCertificate: false)));
        using var http = new PublicHttp(server.Network, TimeProvider.System);
        var check = new CheckClientCertificate(ClientCertificateAuthorities.None, new ClientKeys(http, _time), _time);
        Assert.False(await check.ExecuteAsync(Client("self_signed_tls_client_auth", "jwks_uri", "https://client.example/jwks"), certificate, [], TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(-3)]
    [InlineData(3)]
    public async Task A_registered_certificate_counts_while_it_is_valid(int days)
    {
        using var certificate = SelfSigned();
        await using var server = new TlsAnswers(TlsAnswers.Ok(Keys(certificate)));
        using var http = new PublicHttp(server.Network, TimeProvider.System);
        var then = new ManualTime(Now.AddDays(days));
        var check = new CheckClientCertificate(ClientCertificateAuthorities.None, new ClientKeys(http, then), then);
        Assert.False(await check.ExecuteAsync(Client("self_signed_tls_client_auth", "jwks_uri", "https://client.example/jwks"), certificate, [], TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Of_two_lists_of_names_in_one_certificate_none_counts()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=x", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(Names("desk.freight.example"));
        // The platform makes no such certificate: the second gets its type afterwards.
        request.CertificateExtensions.Add(new X509Extension("2.5.29.99", Names("other.example").RawData, false));
        using var one = request.CreateSelfSigned(Now.AddDays(-1), Now.AddDays(1));
        var der = one.RawData;
        der.AsSpan(der.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x06, 0x03, 0x55, 0x1D, 99]), 5)[4] = 17;
        using var two = X509CertificateLoader.LoadCertificate(der);

        var client = ClientMetadata.Of(Client("tls_client_auth", "tls_client_auth_san_dns", "desk.freight.example"));
        Assert.True(CertificateNames.IsOf(client, one));
        Assert.Equal(2, two.Extensions.Count(extension => extension.Oid?.Value == "2.5.29.17"));
        Assert.False(CertificateNames.IsOf(client, two));
    }

    private static X509Extension Names(string host)
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        return names.Build();
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new CertificateRequest("CN=myself", key, HashAlgorithmName.SHA256).CreateSelfSigned(Now.AddDays(-1), Now.AddDays(1));
    }

    private static OpenIdApplication Client(string method, string name, string value) => new()
    {
        Id = "1",
        ClientId = "desk",
        Settings = ImmutableDictionary<string, string>.Empty.Add("token_endpoint_auth_method", method).Add(name, value),
    };

    private static string Keys(X509Certificate2 certificate, bool withCertificate = true)
    {
        using var key = certificate.GetECDsaPublicKey()!;
        var q = key.ExportParameters(false).Q;
        var jwk = new JsonObject { ["kty"] = "EC", ["crv"] = "P-256", ["x"] = Base64UrlEncoder.Encode(q.X), ["y"] = Base64UrlEncoder.Encode(q.Y) };
        if (withCertificate)
        {
            jwk["x5c"] = new JsonArray(Convert.ToBase64String(certificate.RawData));
        }

        return new JsonObject { ["keys"] = new JsonArray(jwk) }.ToJsonString();
    }
}
