using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;
using TradeIdentity.Server.Tests.OpenId.Authorization;

namespace TradeIdentity.Server.Tests.OpenId.MutualTls;

/// <summary>The whole server with two TLS ports, of which one asks for certificates, and clients that authenticate by theirs.</summary>
public class MutualTlsHost : PersonHost, IDisposable
{
    public const string Subject = "CN=Freight\\, Example, O=Example Freight, C=XA";
    public const string FapiCallback = "https://fapi.example/callback";
    public const string PublicCallback = "https://public.example/callback";

    private readonly string _files = Directory.CreateTempSubdirectory("tradeidentity-tls-").FullName;

    public MutualTlsHost()
    {
        (Port, OtherPort) = (FreePort(), FreePort());
        SelfSigned = AuthorityOfTest.SelfSigned("CN=myself", SelfSignedKey);
    }

    public AuthorityOfTest Authority { get; } = new();

    public ECDsa SelfSignedKey { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public X509Certificate2 SelfSigned { get; }

    public int Port { get; }

    public int OtherPort { get; }

    public string BaseUrl => $"https://127.0.0.1:{Port}";

    protected override IReadOnlyList<string> Settings => [.. base.Settings, .. Transport(), .. Clients()];

    /// <summary>A connection with this certificate, or none, and those that complete its chain.</summary>
    public HttpClient Connect(X509Certificate2? certificate, int? port = null, params X509Certificate2[] chain)
    {
        var tls = new SslClientAuthenticationOptions
        {
            RemoteCertificateValidationCallback = (_, server, _, _) => server?.Issuer == Authority.Root.Subject,
            ClientCertificateContext = certificate is null ? null : SslStreamCertificateContext.Create(certificate, [.. chain], offline: true),
        };
        return new HttpClient(new SocketsHttpHandler { SslOptions = tls, UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = new Uri($"https://127.0.0.1:{port ?? Port}") };
    }

    public static async Task<HttpResponseMessage> PostAsync(HttpClient http, string path, params (string Name, string Value)[] form) =>
        await http.PostAsync(new Uri(path, UriKind.Relative), new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Name, field.Value))), TestContext.Current.CancellationToken);

    /// <summary>Asks for a token by client credentials.</summary>
    public async Task<HttpResponseMessage> TokenAsync(string clientId, X509Certificate2? certificate, params X509Certificate2[] chain)
    {
        using var http = Connect(certificate, null, chain);
        return await PostAsync(http, "/connect/token", ("grant_type", "client_credentials"), ("client_id", clientId), ("scope", "operators.read"));
    }

    public async Task<HttpResponseMessage> GetAsync(X509Certificate2? certificate, string path, string token)
    {
        using var http = Connect(certificate);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
    }

    public static string Thumbprint(X509Certificate2 certificate) => Base64UrlEncoder.Encode(SHA256.HashData(certificate.RawData));

    public static string? BoundTo(string accessToken)
    {
        using var claims = JsonDocument.Parse(Base64UrlEncoder.DecodeBytes(accessToken.Split('.')[1]));
        return claims.RootElement.TryGetProperty("cnf", out var confirmation) ? confirmation.GetProperty("x5t#S256").GetString() : null;
    }

    public void Dispose()
    {
        Authority.Dispose();
        SelfSigned.Dispose();
        SelfSignedKey.Dispose();
        Directory.Delete(_files, recursive: true);
        GC.SuppressFinalize(this);
    }

    protected virtual IReadOnlyList<string> Transport() =>
    [
        "--urls", $"http://127.0.0.1:0;{BaseUrl};https://127.0.0.1:{OtherPort}",
        "--MutualTls:BaseUrl", BaseUrl, "--MutualTls:Port", $"{Port}",
        .. Files(),
    ];

    /// <summary>The server's own certificate, and the authorities of its clients.</summary>
    protected IReadOnlyList<string> Files()
    {
        var (roots, certificate, key) = (Path.Combine(_files, "roots.pem"), Path.Combine(_files, "server.pem"), Path.Combine(_files, "server.key"));
        File.WriteAllText(roots, Authority.Root.ExportCertificatePem());
        using var server = Authority.IssueForServer();
        File.WriteAllText(certificate, server.ExportCertificatePem());
        using var serverKey = server.GetECDsaPrivateKey()!;
        File.WriteAllText(key, serverKey.ExportPkcs8PrivateKeyPem());
        return ["--MutualTls:ClientCertificateAuthorities:0", roots, "--Kestrel:Certificates:Default:Path", certificate, "--Kestrel:Certificates:Default:KeyPath", key];
    }

    private string[] Clients()
    {
        var q = SelfSignedKey.ExportParameters(false).Q;
        var keys = new JsonObject
        {
            ["keys"] = new JsonArray(new JsonObject
            {
                ["kty"] = "EC",
                ["crv"] = "P-256",
                ["x"] = Base64UrlEncoder.Encode(q.X),
                ["y"] = Base64UrlEncoder.Encode(q.Y),
                ["x5c"] = new JsonArray(Convert.ToBase64String(SelfSigned.RawData)),
            }),
        };
        (string Id, (string Key, string Value)[] Metadata)[] clients =
        [
            ("by-subject", [("TokenEndpointAuthMethod", "tls_client_auth"), ("TlsClientAuthSubjectDn", Subject), ("TlsClientCertificateBoundAccessTokens", "true")]),
            ("by-dns", [("TokenEndpointAuthMethod", "tls_client_auth"), ("TlsClientAuthSanDns", "desk.freight.example")]),
            ("by-uri", [("TokenEndpointAuthMethod", "tls_client_auth"), ("TlsClientAuthSanUri", "https://freight.example/desk")]),
            ("by-ip", [("TokenEndpointAuthMethod", "tls_client_auth"), ("TlsClientAuthSanIp", "2001:db8::1")]),
            ("by-email", [("TokenEndpointAuthMethod", "tls_client_auth"), ("TlsClientAuthSanEmail", "desk@freight.example")]),
            ("by-itself", [("TokenEndpointAuthMethod", "self_signed_tls_client_auth"), ("JsonWebKeySet", keys.ToJsonString()), ("TlsClientCertificateBoundAccessTokens", "true")]),
            ("by-secret", [("ClientSecret", AgencySecret), ("TlsClientCertificateBoundAccessTokens", "true")]),
            ("unbound", [("ClientSecret", AgencySecret)]),
            ("fapi", [("TokenEndpointAuthMethod", "tls_client_auth"), ("TlsClientAuthSanDns", "fapi.example"), ("SecurityProfile", "fapi2"), ("RedirectUris", FapiCallback), ("Scopes", "openid offline_access")]),
            ("public", [("TokenEndpointAuthMethod", "none"), ("TlsClientCertificateBoundAccessTokens", "true"), ("RedirectUris", PublicCallback), ("Scopes", "openid offline_access")]),
        ];
        return
        [
            .. clients.SelectMany((client, number) => client.Metadata.Prepend(("Scopes", "operators.read")).Prepend(("ClientId", client.Id)).ToLookup(pair => pair.Item1, pair => pair.Item2)
                .SelectMany(pair => new[] { $"--Bootstrap:Clients:{number + 20}:{pair.Key}", pair.Last() })),
        ];
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
