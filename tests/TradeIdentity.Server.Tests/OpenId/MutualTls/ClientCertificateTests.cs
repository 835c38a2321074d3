using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TradeIdentity.Authority.OpenId.Registration;

namespace TradeIdentity.Server.Tests.OpenId.MutualTls;

/// <summary>RFC 8705 §2: who is authenticated by a certificate, over real TLS.</summary>
public sealed class ClientCertificateTests(MutualTlsHost host) : IClassFixture<MutualTlsHost>
{
    private const string Name = "CN=\"Freight, Example\", O=Example Freight, C=XA";

    public static TheoryData<string> Subjects => ["by-subject", "by-dns", "by-uri", "by-ip", "by-email"];

    [Theory]
    [MemberData(nameof(Subjects))]
    public async Task The_certificate_of_the_registered_subject_authenticates(string client)
    {
        using var certificate = host.Authority.Issue(Of(client).Subject, Of(client).Names);
        using var response = await host.TokenAsync(client, certificate);
        Assert.True(response.StatusCode == HttpStatusCode.OK, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_chain_over_an_authority_that_the_client_sends_authenticates_and_without_it_does_not()
    {
        using var certificate = host.Authority.IssueBelow(Name);
        using var whole = await host.TokenAsync("by-subject", certificate, host.Authority.Intermediate);
        Assert.Equal(HttpStatusCode.OK, whole.StatusCode);
        using var alone = await host.TokenAsync("by-subject", certificate);
        await RefusedAsync(alone);
    }

    [Theory]
    [MemberData(nameof(Subjects))]
    public async Task The_certificate_of_another_client_does_not_authenticate(string client)
    {
        foreach (var other in Subjects.Select(row => row.Data).Where(other => other != client))
        {
            using var certificate = host.Authority.Issue(Of(other).Subject, Of(other).Names);
            using var response = await host.TokenAsync(client, certificate);
            await RefusedAsync(response);
        }
    }

    [Theory]
    [InlineData("expired")]
    [InlineData("not yet valid")]
    [InlineData("another authority")]
    [InlineData("for servers")]
    [InlineData("self-signed")]
    [InlineData("the authority")]
    [InlineData("none")]
    public async Task A_certificate_with_the_right_name_that_is_not_good_does_not_authenticate(string flaw)
    {
        using var stranger = new AuthorityOfTest();
        using var certificate = flaw switch
        {
            "expired" => host.Authority.Issue(Name, fromDays: -10, toDays: -1),
            "not yet valid" => host.Authority.Issue(Name, fromDays: 1, toDays: 2),
            "another authority" => stranger.Issue(Name),
            "for servers" => host.Authority.Issue(Name, isForServers: true),
            "self-signed" => AuthorityOfTest.SelfSigned(Name),
            "the authority" => host.Authority.IssueAuthority(Name),
            _ => null,
        };
        using var response = flaw == "another authority" ? await host.TokenAsync("by-subject", certificate, stranger.Root) : await host.TokenAsync("by-subject", certificate);
        await RefusedAsync(response);
    }

    [Theory]
    [InlineData("CN=\"Freight, Example\", O=Example Freight, C=XA, L=Elsewhere")]
    [InlineData("C=XA, O=Example Freight, CN=\"Freight, Example\"")]
    [InlineData("CN=Freight, O=Example Freight, C=XA")]
    [InlineData("CN=\"Freight, Example, O=Example Freight, C=XA\"")]
    public async Task Another_subject_of_the_right_authority_does_not_authenticate(string subject)
    {
        using var certificate = host.Authority.Issue(subject);
        using var response = await host.TokenAsync("by-subject", certificate);
        await RefusedAsync(response);
    }

    [Fact]
    public async Task Of_several_names_any_is_enough_but_a_wildcard_covers_nothing()
    {
        using var several = host.Authority.Issue("CN=x", names => Dns(Dns(names, "other.example"), "Desk.Freight.example"));
        using var good = await host.TokenAsync("by-dns", several);
        Assert.Equal(HttpStatusCode.OK, good.StatusCode);
        foreach (var wrong in (string[])["*.freight.example", "desk.freight.example.attacker.example", "freight.example"])
        {
            using var certificate = host.Authority.Issue("CN=desk.freight.example", names => Dns(names, wrong));
            using var response = await host.TokenAsync("by-dns", certificate);
            await RefusedAsync(response);
        }
    }

    [Fact]
    public async Task A_name_of_the_wrong_kind_does_not_authenticate()
    {
        using var certificate = host.Authority.Issue("CN=desk.freight.example", names => names.AddUri(new Uri("https://desk.freight.example")));
        using var response = await host.TokenAsync("by-dns", certificate);
        await RefusedAsync(response);
    }

    [Fact]
    public async Task A_registered_certificate_authenticates_and_another_of_the_same_key_does_not()
    {
        using var registered = await host.TokenAsync("by-itself", host.SelfSigned);
        Assert.Equal(HttpStatusCode.OK, registered.StatusCode);
        using var sameKey = AuthorityOfTest.SelfSigned("CN=myself", host.SelfSignedKey);
        using var again = await host.TokenAsync("by-itself", sameKey);
        await RefusedAsync(again);
        using var issued = host.Authority.Issue("CN=myself");
        using var other = await host.TokenAsync("by-itself", issued);
        await RefusedAsync(other);
    }

    [Fact]
    public async Task A_certificate_stands_for_no_other_method()
    {
        using var certificate = host.Authority.Issue(Name);
        using var response = await host.TokenAsync("by-secret", certificate);
        await RefusedAsync(response);
    }

    [Fact]
    public async Task A_secret_beside_the_certificate_is_refused()
    {
        using var certificate = host.Authority.Issue(Name);
        using var http = host.Connect(certificate);
        using var response = await MutualTlsHost.PostAsync(http, "/connect/token", ("grant_type", "client_credentials"), ("client_id", "by-subject"), ("client_secret", "x"));
        await RefusedAsync(response);
    }

    [Theory]
    [InlineData("/connect/par")]
    [InlineData("/connect/introspect")]
    [InlineData("/connect/revoke")]
    [InlineData("/connect/device")]
    public async Task It_is_asked_at_every_endpoint_where_clients_authenticate(string path)
    {
        using var stranger = host.Authority.Issue("CN=stranger");
        using var http = host.Connect(stranger);
        using var response = await MutualTlsHost.PostAsync(
            http, path, ("client_id", "fapi"), ("token", "x"), ("response_type", "code"), ("redirect_uri", MutualTlsHost.FapiCallback), ("scope", "openid"),
            ("code_challenge", new string('c', 43)), ("code_challenge_method", "S256"));
        await RefusedAsync(response);
    }

    [Fact]
    public async Task Only_the_port_of_the_configuration_asks_for_a_certificate()
    {
        using var certificate = host.Authority.Issue(Name);
        Assert.True(await IsAskedAsync(host.Port, certificate));
        Assert.False(await IsAskedAsync(host.OtherPort, certificate));
        using var http = host.Connect(certificate, host.OtherPort);
        using var response = await MutualTlsHost.PostAsync(http, "/connect/token", ("grant_type", "client_credentials"), ("client_id", "by-subject"));
        await RefusedAsync(response);
    }

    [Fact]
    public async Task The_discovery_document_says_what_there_is()
    {
        var document = await DiscoveryAsync(host.Http);
        foreach (var endpoint in (string[])["token", "introspection", "revocation", "pushed_authorization_request"])
        {
            var methods = document.GetProperty(endpoint + "_endpoint_auth_methods_supported").EnumerateArray().Select(method => method.GetString()).ToArray();
            Assert.Contains("tls_client_auth", methods);
            Assert.Contains("self_signed_tls_client_auth", methods);
        }

        Assert.True(document.GetProperty("tls_client_certificate_bound_access_tokens").GetBoolean());
        var aliases = document.GetProperty("mtls_endpoint_aliases").EnumerateObject().ToDictionary(alias => alias.Name, alias => alias.Value.GetString());
        Assert.Equal(
            ["device_authorization_endpoint", "introspection_endpoint", "pushed_authorization_request_endpoint", "revocation_endpoint", "token_endpoint", "userinfo_endpoint"],
            aliases.Keys.Order(StringComparer.Ordinal));
        Assert.All(aliases.Values, alias => Assert.StartsWith(host.BaseUrl + "/connect/", alias, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_client_registers_itself_with_the_subject_of_its_certificate()
    {
        var tokens = host.Services.GetRequiredService<InitialAccessTokens>();
        Assert.True((await tokens.IssueAsync("tests", ["operators.read"], 1, TimeSpan.FromHours(1), "test", TestContext.Current.CancellationToken)).TryGet(out var issued, out _));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/connect/register")
        {
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", issued.Token) },
            Content = new StringContent(
                """
                {"grant_types":["client_credentials"],"scope":"operators.read","token_endpoint_auth_method":"tls_client_auth",
                 "tls_client_auth_san_uri":"https://own.example/app","tls_client_certificate_bound_access_tokens":true}
                """, Encoding.UTF8, "application/json"),
        };
        using var answer = await host.Http.SendAsync(request, TestContext.Current.CancellationToken);
        var client = await OpenIdHost.JsonAsync(answer);
        Assert.True(answer.StatusCode == HttpStatusCode.Created, client.ToString());
        Assert.False(client.TryGetProperty("client_secret", out _));

        using var certificate = host.Authority.Issue("CN=x", names => names.AddUri(new Uri("https://own.example/app")));
        using var response = await host.TokenAsync(client.GetProperty("client_id").GetString()!, certificate);
        var json = await OpenIdHost.JsonAsync(response);
        Assert.True(response.StatusCode == HttpStatusCode.OK, json.ToString());
        Assert.Equal(MutualTlsHost.Thumbprint(certificate), MutualTlsHost.BoundTo(json.GetProperty("access_token").GetString()!));
    }

    private static async Task<JsonElement> DiscoveryAsync(HttpClient http)
    {
        using var response = await http.GetAsync(new Uri("/.well-known/openid-configuration", UriKind.Relative), TestContext.Current.CancellationToken);
        return await OpenIdHost.JsonAsync(response);
    }

    private static async Task RefusedAsync(HttpResponseMessage response)
    {
        var error = await OpenIdHost.AssertErrorAsync(response, HttpStatusCode.Unauthorized, "invalid_client");
        Assert.Equal("The client could not be authenticated.", error.GetProperty("error_description").GetString());
    }

    private static (string Subject, Action<SubjectAlternativeNameBuilder>? Names) Of(string client) => client switch
    {
        // Case and spaces make no difference in a name (RFC 4517 §4.2.11).
        "by-subject" => ("CN=\"freight,  EXAMPLE\", O=Example Freight, C=XA", null),
        "by-dns" => ("CN=x", names => names.AddDnsName("desk.freight.example")),
        "by-uri" => ("CN=x", names => names.AddUri(new Uri("https://freight.example/desk"))),
        "by-ip" => ("CN=x", names => names.AddIpAddress(IPAddress.Parse("2001:db8::1"))),
        _ => ("CN=x", names => names.AddEmailAddress("desk@Freight.example")),
    };

    private static SubjectAlternativeNameBuilder Dns(SubjectAlternativeNameBuilder names, string name)
    {
        names.AddDnsName(name);
        return names;
    }

    private async Task<bool> IsAskedAsync(int port, X509Certificate2 certificate)
    {
        var isAsked = false;
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
        await using var tls = new SslStream(socket.GetStream());
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "127.0.0.1",
                RemoteCertificateValidationCallback = (_, server, _, _) => server?.Issuer == host.Authority.Root.Subject,
                LocalCertificateSelectionCallback = (_, _, _, server, _) =>
                {
                    // It is called once before the server is heard, too.
                    isAsked |= server is not null;
                    return server is null ? null! : certificate;
                },
            },
            TestContext.Current.CancellationToken);
        return isAsked && tls.IsMutuallyAuthenticated;
    }
}
