using System.Text.Json;
using Dapper;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using TradeIdentity.Server.Tests.OpenId.Authorization;

namespace TradeIdentity.Server.Tests.OpenId.ClientChoices;

public sealed class ClientChoicesTests(PersonHost host) : IClassFixture<PersonHost>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_client_that_asks_for_RS256_gets_ID_tokens_that_the_published_RSA_key_verifies()
    {
        var client = await ChoosingClient.RegisterAsync(host, "old-portal", new() { ["id_token_signed_response_alg"] = "RS256" });
        var tokens = await client.TokensAsync(await SignedInAsync(), "openid");

        Assert.Equal("RS256", await VerifiedAsync(tokens.GetProperty("id_token").GetString()!, "old-portal"));
        Assert.Equal("ES256", new JsonWebToken(tokens.GetProperty("access_token").GetString()).Alg);
    }

    [Fact]
    public async Task UserInfo_is_a_signed_JWT_for_a_client_that_asks_for_it()
    {
        var client = await ChoosingClient.RegisterAsync(host, "evidence", new() { ["userinfo_signed_response_alg"] = "RS256" });
        var tokens = await client.TokensAsync(await SignedInAsync(), "openid profile");

        using var response = await host.GetAsync("/connect/userinfo", bearer: tokens.GetProperty("access_token").GetString());
        Assert.Equal("application/jwt", response.Content.Headers.ContentType?.MediaType);
        var jwt = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.Equal("RS256", await VerifiedAsync(jwt, "evidence"));
        Assert.Equal(PersonHost.Claims(tokens, "id_token").GetProperty("sub").GetString(), new JsonWebToken(jwt).Subject);
        using var error = await host.GetAsync("/connect/userinfo", bearer: "x");
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, error.StatusCode);
    }

    [Fact]
    public async Task Introspection_is_a_signed_JWT_where_the_request_accepts_one()
    {
        var client = await ChoosingClient.RegisterAsync(host, "resource-server", []);
        var tokens = await client.TokensAsync(await SignedInAsync(), "openid profile");
        using var response = await client.PostAsync("/connect/introspect", "application/token-introspection+jwt", ("token", tokens.GetProperty("access_token").GetString()!));

        Assert.Equal("application/token-introspection+jwt", response.Content.Headers.ContentType?.MediaType);
        Assert.True(response.Headers.CacheControl?.NoStore);
        var jwt = new JsonWebToken(await response.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal("token-introspection+jwt", jwt.Typ);
        Assert.Equal("ES256", await VerifiedAsync(jwt.EncodedToken, "resource-server"));
        var told = JsonSerializer.Deserialize<JsonElement>(Base64UrlEncoder.DecodeBytes(jwt.EncodedPayload)).GetProperty("token_introspection");
        Assert.True(told.GetProperty("active").GetBoolean());
        Assert.Equal("resource-server", told.GetProperty("client_id").GetString());

        using var inactive = await client.PostAsync("/connect/introspect", "application/token-introspection+jwt", ("token", "x"));
        var none = JsonSerializer.Deserialize<JsonElement>(Base64UrlEncoder.DecodeBytes(new JsonWebToken(await inactive.Content.ReadAsStringAsync(Cancellation)).EncodedPayload));
        Assert.Equal("""{"active":false}""", none.GetProperty("token_introspection").GetRawText());
        using var plain = await client.PostAsync("/connect/introspect", ("token", "x"));
        Assert.Equal("application/json", plain.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_pairwise_client_knows_a_person_by_a_name_of_its_own_everywhere()
    {
        var client = await ChoosingClient.RegisterAsync(host, "first-sector", new() { ["subject_type"] = "pairwise" });
        var sibling = await ChoosingClient.RegisterAsync(host, "sibling", new() { ["subject_type"] = "pairwise", ["sector_identifier_uri"] = "https://first-sector.example/sector" });
        var other = await ChoosingClient.RegisterAsync(host, "second-sector", new() { ["subject_type"] = "pairwise" });
        var account = await host.RegisterAsync(PersonHost.Tin);
        var cookie = await host.SignInAsync(account);

        var tokens = await client.TokensAsync(cookie, "openid profile");
        var subject = PersonHost.Claims(tokens, "id_token").GetProperty("sub").GetString()!;
        Assert.NotEqual(account, subject);
        Assert.Equal(43, subject.Length);
        Assert.Equal(subject, PersonHost.Claims(await client.TokensAsync(cookie, "openid profile"), "id_token").GetProperty("sub").GetString());
        Assert.Equal(subject, PersonHost.Claims(await sibling.TokensAsync(cookie, "openid"), "id_token").GetProperty("sub").GetString());
        Assert.NotEqual(subject, PersonHost.Claims(await other.TokensAsync(cookie, "openid"), "id_token").GetProperty("sub").GetString());

        var accessToken = tokens.GetProperty("access_token").GetString()!;
        using var userInfo = await host.GetAsync("/connect/userinfo", bearer: accessToken);
        Assert.Equal(subject, (await OpenIdHost.JsonAsync(userInfo)).GetProperty("sub").GetString());
        using var introspected = await client.PostAsync("/connect/introspect", ("token", accessToken));
        Assert.Equal(subject, (await OpenIdHost.JsonAsync(introspected)).GetProperty("sub").GetString());
        // A JWE: its client reads nothing in it.
        Assert.Equal(5, accessToken.Split('.').Length);
        var audit = await host.Database.ReadAsync(async connection => string.Join('\n', await connection.QueryAsync<string>("SELECT actor || subject || details FROM audit_entries WHERE details IS NOT NULL")), Cancellation);
        Assert.DoesNotContain(subject, audit, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Discovery_says_what_a_client_can_choose()
    {
        using var response = await host.GetAsync("/.well-known/openid-configuration");
        var document = await OpenIdHost.JsonAsync(response);
        foreach (var name in new[] { "id_token_signing_alg_values_supported", "userinfo_signing_alg_values_supported", "introspection_signing_alg_values_supported" })
        {
            Assert.Equal(["ES256", "RS256"], document.GetProperty(name).EnumerateArray().Select(value => value.GetString()).Order(StringComparer.Ordinal));
        }

        Assert.Equal(["pairwise", "public"], document.GetProperty("subject_types_supported").EnumerateArray().Select(value => value.GetString()).Order(StringComparer.Ordinal));
    }

    private async Task<string> SignedInAsync() => await host.SignInAsync(await host.RegisterAsync(PersonHost.Tin));

    private async Task<string> VerifiedAsync(string jwt, string audience)
    {
        using var response = await host.GetAsync("/.well-known/jwks");
        var text = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.DoesNotContain("\"d\"", text, StringComparison.Ordinal);
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(jwt, new TokenValidationParameters
        {
            ValidIssuer = PersonHost.Issuer,
            ValidAudience = audience,
            RequireExpirationTime = false,
            IssuerSigningKeys = new JsonWebKeySet(text).GetSigningKeys(),
        });
        Assert.True(result.IsValid, result.Exception?.Message);
        return new JsonWebToken(jwt).Alg;
    }
}
