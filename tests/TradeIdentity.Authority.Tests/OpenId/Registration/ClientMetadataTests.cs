using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OpenIddict.Abstractions;
using OpenIddict.Core;
using TradeIdentity.Authority.OpenId;
using TradeIdentity.Authority.OpenId.Registration;
using TradeIdentity.Authority.Tests.Storage;

namespace TradeIdentity.Authority.Tests.OpenId.Registration;

public sealed class ClientMetadataTests(SqliteLedger ledger) : IClassFixture<SqliteLedger>
{
    private static readonly ClientTerms Terms = new()
    {
        GrantTypes = new HashSet<string> { "authorization_code", "refresh_token", "client_credentials", "urn:ietf:params:oauth:grant-type:device_code" },
        AuthenticationMethods = new HashSet<string> { "none", "client_secret_basic", "client_secret_post", "private_key_jwt", "tls_client_auth", "self_signed_tls_client_auth" },
        Scopes = new HashSet<string> { "openid", "profile", "operators.read" },
        TakesCertificates = true,
    };

    [Fact]
    public async Task Everything_that_is_registered_is_read_back_typed_and_written_as_it_came()
    {
        var sent = JsonNode.Parse(
            $$"""
            {"redirect_uris":["https://desk.freight.example/cb?from=ti"],"post_logout_redirect_uris":["https://desk.freight.example/bye"],
             "grant_types":["authorization_code","refresh_token"],"response_types":["code"],"application_type":"web","client_name":"Desk","client_name#fr-CA":"Bureau",
             "token_endpoint_auth_method":"private_key_jwt","token_endpoint_auth_signing_alg":"PS256","jwks":{{Keys()}},"contacts":["a@freight.example"],
             "logo_uri":"https://freight.example/l.svg","logo_uri#fr":"https://freight.example/fr.svg","client_uri":"https://freight.example/","policy_uri":"https://freight.example/p","tos_uri":"https://freight.example/t",
             "subject_type":"pairwise","id_token_signed_response_alg":"RS256","userinfo_signed_response_alg":"ES256","introspection_signed_response_alg":"RS256",
             "default_max_age":600,"require_auth_time":true,"default_acr_values":["urn:tradeidentity:acr:2"],"initiate_login_uri":"https://desk.freight.example/start",
             "backchannel_logout_uri":"https://desk.freight.example/bc","backchannel_logout_session_required":true,
             "frontchannel_logout_uri":"https://desk.freight.example/fc","frontchannel_logout_session_required":false,"dpop_bound_access_tokens":true,
             "require_pushed_authorization_requests":true,"require_signed_request_object":true,"request_object_signing_alg":"ES256",
             "scope":"openid profile","software_id":"4NRB1","software_version":"2.1"}
            """)!.AsObject();

        var application = await StoredAsync(Read(sent.ToJsonString()));
        var metadata = ClientMetadata.Of(application);

        Assert.True(metadata.IsConfidential);
        Assert.False(metadata.IsNative);
        Assert.Equal(["authorization_code", "refresh_token"], metadata.GrantTypes);
        Assert.Equal("private_key_jwt", metadata.TokenEndpointAuthMethod);
        Assert.Equal((true, "desk.freight.example"), (metadata.IsPairwise, metadata.Sector));
        Assert.Equal(("RS256", "ES256", "RS256"), (metadata.IdTokenSignedResponseAlg, metadata.UserinfoSignedResponseAlg, metadata.IntrospectionSignedResponseAlg));
        Assert.Equal((600, true), (metadata.DefaultMaxAge, metadata.RequireAuthTime));
        Assert.Equal(["urn:tradeidentity:acr:2"], metadata.DefaultAcrValues);
        Assert.Equal((true, false), (metadata.BackchannelLogoutSessionRequired, metadata.FrontchannelLogoutSessionRequired));
        Assert.Equal((true, true, true), (metadata.DpopBoundAccessTokens, metadata.RequirePushedAuthorizationRequests, metadata.RequireSignedRequestObject));
        Assert.Equal(("Bureau", "Desk"), (metadata.Name(CultureInfo.GetCultureInfo("fr-CA")), metadata.Name(CultureInfo.GetCultureInfo("es"))));
        Assert.Equal("https://freight.example/fr.svg", metadata.Page("logo_uri", CultureInfo.GetCultureInfo("fr-CA"))!.OriginalString);
        Assert.Contains(OpenIddictConstants.Requirements.Features.ProofKeyForCodeExchange, application.Requirements);

        var written = WriteClientMetadata.Execute(application);
        foreach (var (name, value) in sent.Where(member => member.Key != "jwks"))
        {
            Assert.True(JsonNode.DeepEquals(value, written[name]), $"{name}: {written[name]?.ToJsonString()}");
        }

        Assert.Equal(["crv", "kid", "kty", "x", "y"], written["jwks"]!["keys"]![0]!.AsObject().Select(member => member.Key).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("web", "https://desk.example/cb", true)]
    [InlineData("web", "https://desk.example/cb#x", false)]
    [InlineData("web", "https://desk.example/cb#", false)]
    [InlineData("web", "https://user@desk.example/cb", false)]
    [InlineData("web", "https://*.example/cb", false)]
    [InlineData("web", "https://DESK.example/cb", false)]
    [InlineData("web", "https://desk.example:443/cb", false)]
    [InlineData("web", "https://desk.example/a/../cb", false)]
    [InlineData("web", "https://desk.example\\@evil.example/cb", false)]
    [InlineData("web", "https://desk.example/cb?state=1", false)]
    [InlineData("web", "https://desk.example/cb?a=1&CODE=2", false)]
    // Another's name to the eye, on the page that shows it; and no text of a header. In ASCII it is plain what it is.
    [InlineData("web", "https://d\u0435sk.example/cb", false)]
    [InlineData("web", "https://xn--e1afmkfd.example/cb", true)]
    [InlineData("native", "com.freight.desk://d\u0435sk/cb", false)]
    [InlineData("web", "https://desk.example./cb", false)]
    [InlineData("web", "https://localhost./cb", false)]
    [InlineData("web", "https://0.0.0.0/cb", false)]
    [InlineData("web", "https://[::]/cb", false)]
    [InlineData("web", "https://[::ffff:127.0.0.1]/cb", false)]
    [InlineData("web", "http://desk.example/cb", false)]
    [InlineData("web", "http://127.0.0.1/cb", false)]
    [InlineData("web", "https://localhost/cb", false)]
    [InlineData("web", "/cb", false)]
    [InlineData("web", "javascript:alert(1)", false)]
    [InlineData("web", "com.freight.desk:/cb", false)]
    [InlineData("native", "http://127.0.0.1/cb", true)]
    [InlineData("native", "http://127.0.0.1:5555/cb", true)]
    [InlineData("native", "http://[::1]/cb", true)]
    [InlineData("native", "http://localhost:8080/cb", true)]
    [InlineData("native", "http://localhost.evil.example/cb", false)]
    [InlineData("native", "http://127.0.0.1.nip.example/cb", false)]
    [InlineData("native", "http://2130706433/cb", false)]
    [InlineData("native", "com.freight.desk:/cb", true)]
    [InlineData("native", "freight:/cb", false)]
    [InlineData("native", "javascript:alert(1)", false)]
    [InlineData("native", "data:text/html,x", false)]
    [InlineData("native", "file:///etc/passwd", false)]
    [InlineData("native", "https://desk.example/cb", true)]
    public void A_redirect_uri_is_exact_and_goes_where_only_its_client_is(string type, string uri, bool accepted)
    {
        var outcome = Execute($$"""{"application_type":"{{type}}","redirect_uris":[{{JsonSerializer.Serialize(uri)}}]}""");
        Assert.Equal(accepted ? null : "invalid_redirect_uri", outcome.Refusal?.Code);
    }

    [Theory]
    [InlineData("""{"redirect_uris":[]}""", "invalid_redirect_uri")]
    [InlineData("""{}""", "invalid_redirect_uri")]
    [InlineData("""{"redirect_uris":["https://a.example/"],"post_logout_redirect_uris":["http://a.example/"]}""", "invalid_redirect_uri")]
    [InlineData("""{"redirect_uris":["https://a.example/","https://a.example/"]}""", "invalid_client_metadata")]
    [InlineData("""{"redirect_uris":[7]}""", "invalid_client_metadata")]
    [InlineData("""{"redirect_uris":["https://a.example/"],"require_signed_request_object":true}""", "invalid_client_metadata")]
    [InlineData("""{"redirect_uris":["https://a.example/"],"response_types":["token"]}""", "invalid_client_metadata")]
    [InlineData("""{"redirect_uris":["https://a.example/"],"response_types":["code id_token"]}""", "invalid_client_metadata")]
    [InlineData("""{"redirect_uris":["https://a.example/"],"response_types":[]}""", "invalid_client_metadata")]
    [InlineData("""{"grant_types":["client_credentials"],"response_types":["code"]}""", "invalid_client_metadata")]
    [InlineData("""{"redirect_uris":["https://a.example/"],"grant_types":["implicit"]}""", "invalid_client_metadata")]
    [InlineData("""{"grant_types":["refresh_token"]}""", "invalid_client_metadata")]
    [InlineData("""{"grant_types":["client_credentials"],"token_endpoint_auth_method":"client_secret_jwt"}""", "invalid_client_metadata")]
    [InlineData("""{"grant_types":["client_credentials"],"token_endpoint_auth_method":"private_key_jwt"}""", "invalid_client_metadata")]
    [InlineData("""{"grant_types":["client_credentials"],"token_endpoint_auth_method":"tls_client_auth"}""", "invalid_client_metadata")]
    [InlineData("""{"grant_types":["client_credentials"],"token_endpoint_auth_method":"tls_client_auth","tls_client_auth_san_dns":"a.example","tls_client_auth_subject_dn":"CN=a"}""", "invalid_client_metadata")]
    [InlineData("""{"grant_types":["client_credentials"],"tls_client_auth_san_dns":"a.example"}""", "invalid_client_metadata")]
    [InlineData("""{"grant_types":["client_credentials"],"token_endpoint_auth_method":"tls_client_auth","tls_client_auth_subject_dn":"Desk"}""", "invalid_client_metadata")]
    [InlineData("""{"grant_types":["client_credentials"],"token_endpoint_auth_method":"tls_client_auth","tls_client_auth_san_dns":"a b"}""", "invalid_client_metadata")]
    [InlineData("""{"grant_types":["client_credentials"],"token_endpoint_auth_method":"tls_client_auth","tls_client_auth_san_dns":"*.a.example"}""", "invalid_client_metadata")]
    [InlineData("""{"grant_types":["client_credentials"],"token_endpoint_auth_method":"tls_client_auth","tls_client_auth_san_uri":"a"}""", "invalid_client_metadata")]
    [InlineData("""{"grant_types":["client_credentials"],"token_endpoint_auth_method":"tls_client_auth","tls_client_auth_san_ip":"10.1"}""", "invalid_client_metadata")]
    [InlineData("""{"grant_types":["client_credentials"],"token_endpoint_auth_method":"tls_client_auth","tls_client_auth_san_ip":"2001:db8:0:0:0:0:0:1"}""", "invalid_client_metadata")]
    [InlineData("""{"grant_types":["client_credentials"],"token_endpoint_auth_method":"tls_client_auth","tls_client_auth_san_email":"Desk <a@b.example>"}""", "invalid_client_metadata")]
    [InlineData("""{"grant_types":["client_credentials"],"token_endpoint_auth_method":"self_signed_tls_client_auth"}""", "invalid_client_metadata")]
    [InlineData("""{"grant_types":["client_credentials"],"tls_client_certificate_bound_access_tokens":true,"dpop_bound_access_tokens":true}""", "invalid_client_metadata")]
    [InlineData("""{"grant_types":["client_credentials"],"jwks":{"keys":[]}}""", "invalid_client_metadata")]
    [InlineData("""{"grant_types":["client_credentials"],"jwks":{"keys":[{"kty":"oct","k":"AAAA"}]}}""", "invalid_client_metadata")]
    [InlineData("""{"grant_types":["client_credentials"],"jwks_uri":"http://a.example/jwks"}""", "invalid_client_metadata")]
    [InlineData("""{"grant_types":["client_credentials"],"jwks_uri":"https://127.0.0.1/jwks"}""", "invalid_client_metadata")]
    [InlineData("""{"grant_types":["client_credentials"],"id_token_signed_response_alg":"none"}""", "invalid_client_metadata")]
    [InlineData("""{"grant_types":["client_credentials"],"id_token_signed_response_alg":"HS256"}""", "invalid_client_metadata")]
    [InlineData("""{"grant_types":["client_credentials"],"request_object_signing_alg":"none"}""", "invalid_client_metadata")]
    [InlineData("""{"grant_types":["client_credentials"],"id_token_encrypted_response_alg":"RSA-OAEP"}""", "invalid_client_metadata")]
    [InlineData("""{"grant_types":["client_credentials"],"subject_type":"private"}""", "invalid_client_metadata")]
    [InlineData("""{"redirect_uris":["https://a.example/","https://b.example/"],"subject_type":"pairwise"}""", "invalid_client_metadata")]
    [InlineData("""{"grant_types":["client_credentials"],"default_max_age":-1}""", "invalid_client_metadata")]
    [InlineData("""{"grant_types":["client_credentials"],"default_max_age":"60"}""", "invalid_client_metadata")]
    [InlineData("""{"grant_types":["client_credentials"],"require_auth_time":"true"}""", "invalid_client_metadata")]
    [InlineData("""{"grant_types":["client_credentials"],"logo_uri":"http://a.example/l.png"}""", "invalid_client_metadata")]
    [InlineData("""{"grant_types":["client_credentials"],"tos_uri":"javascript:alert(1)"}""", "invalid_client_metadata")]
    [InlineData("""{"grant_types":["client_credentials"],"logo_uri#fr":"javascript:alert(1)"}""", "invalid_client_metadata")]
    [InlineData("""{"grant_types":["client_credentials"],"backchannel_logout_uri":"https://10.0.0.1/x#f"}""", "invalid_client_metadata")]
    [InlineData("""{"redirect_uris":["https://a.example/"],"frontchannel_logout_uri":"https://b.example/"}""", "invalid_client_metadata")]
    [InlineData("""{"grant_types":["client_credentials"],"client_name":""}""", "invalid_client_metadata")]
    [InlineData("""{"grant_types":["client_credentials"],"client_name":"a\u202eb"}""", "invalid_client_metadata")]
    [InlineData("""{"grant_types":["client_credentials"],"client_name":"a\nb"}""", "invalid_client_metadata")]
    [InlineData("""{"grant_types":["client_credentials"],"client_name":"\ud800"}""", "invalid_client_metadata")]
    [InlineData("""{"grant_types":["client_credentials"],"client_name#not a tag":"x"}""", "invalid_client_metadata")]
    [InlineData("""{"grant_types":["client_credentials"],"contacts#fr":["x"]}""", "invalid_client_metadata")]
    [InlineData("""{"grant_types":["client_credentials"],"client_name":{"en":"x"}}""", "invalid_client_metadata")]
    [InlineData("""{"grant_types":["client_credentials"],"application_type":"service"}""", "invalid_client_metadata")]
    [InlineData("""{"grant_types":["client_credentials"],"scope":"registry.import"}""", "invalid_client_metadata")]
    [InlineData("""{"grant_types":["client_credentials"],"grant_types":["client_credentials"]}""", "invalid_client_metadata")]
    [InlineData("""{"grant_types":["client_credentials"]} {}""", "invalid_client_metadata")]
    [InlineData("""{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":1}}}}}}}}}}}}}}}}}""", "invalid_client_metadata")]
    public void What_is_wrong_in_itself_is_refused(string metadata, string code) => Assert.Equal(code, Execute(metadata).Refusal?.Code);

    [Fact]
    public void A_private_key_is_refused_where_a_public_one_belongs() => Assert.Equal(
        "invalid_client_metadata",
        Execute($$"""{"grant_types":["client_credentials"],"jwks":{{Keys().Replace("\"kid\":\"k\"", "\"d\":\"AAAA\"", StringComparison.Ordinal)}}}""").Refusal?.Code);

    [Fact]
    public void Null_is_the_same_as_nothing_and_what_is_unknown_is_ignored()
    {
        var client = Read("""{"grant_types":["client_credentials"],"client_name":null,"jwks":null,"x_unknown":{"deep":[1]}}""");
        Assert.Null(client.DisplayName);
        Assert.DoesNotContain("x_unknown", client.Settings.Keys.Concat(client.Properties.Keys));
    }

    [Fact]
    public void A_client_that_lives_on_its_users_machine_alone_is_native_without_saying_so()
    {
        Assert.Equal("native", Read("""{"redirect_uris":["http://127.0.0.1/cb"],"token_endpoint_auth_method":"none"}""").ApplicationType);
        Assert.Equal("web", Read("""{"redirect_uris":["https://a.example/cb"]}""").ApplicationType);
        Assert.Equal("invalid_redirect_uri", Execute("""{"redirect_uris":["https://a.example/cb","http://127.0.0.1/cb"]}""").Refusal?.Code);
    }

    private static string Keys()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var q = key.ExportParameters(includePrivateParameters: false).Q;
        return $$"""{"keys":[{"kty":"EC","crv":"P-256","kid":"k","x":"{{Convert.ToBase64String(q.X!).TrimEnd('=').Replace('+', '-').Replace('/', '_')}}","y":"{{Convert.ToBase64String(q.Y!).TrimEnd('=').Replace('+', '-').Replace('/', '_')}}"}]}""";
    }

    private static Outcome<OpenIddictApplicationDescriptor> Execute(string metadata) =>
        ClientMetadataDocument.Parse(Encoding.UTF8.GetBytes(metadata)).Match(document => ReadClientMetadata.Execute(document, Terms), refusal => refusal);

    private static OpenIddictApplicationDescriptor Read(string metadata) =>
        Execute(metadata).Match(client => client, refusal => throw new InvalidOperationException(refusal.Detail));

    private async Task<OpenIdApplication> StoredAsync(OpenIddictApplicationDescriptor client)
    {
        client.ClientId = "desk";
        var services = new ServiceCollection().AddLogging().AddSingleton(await ledger.NewAsync()).AddSingleton(TimeProvider.System);
        services.AddOpenIddict().AddCore(core => core.AddOpenIdStores());
        await using var provider = services.BuildServiceProvider();
        await using var scope = provider.CreateAsyncScope();
        var manager = scope.ServiceProvider.GetRequiredService<OpenIddictApplicationManager<OpenIdApplication>>();
        await manager.CreateAsync(client, TestContext.Current.CancellationToken);
        return (await manager.FindByClientIdAsync("desk", TestContext.Current.CancellationToken))!;
    }
}
