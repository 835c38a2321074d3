using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace TradeIdentity.Server.Tests.OpenId;

public sealed class PrivateKeyJwtTests(OpenIdHost host) : IClassFixture<OpenIdHost>
{
    // Read anew: a test may run long after its class was made.
    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Theory]
    [InlineData(null, "ES256")]
    [InlineData("JWT", "ES256")]
    [InlineData("client-authentication+jwt", "ES256")]
    [InlineData("JWT", "PS256")]
    [InlineData("JWT", "RS256")]
    public async Task An_assertion_signed_by_a_registered_key_gets_a_token(string? type, string algorithm)
    {
        using var response = await SendAsync(Sign(Claims(), type, algorithm));
        Assert.True(response.StatusCode == HttpStatusCode.OK, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_client_id_may_be_left_to_the_assertion()
    {
        using var response = await host.TokenAsync(
            ("grant_type", "client_credentials"), ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"), ("client_assertion", Sign(Claims())));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task The_same_assertion_is_refused_the_second_time()
    {
        var assertion = Sign(Claims());
        using var first = await SendAsync(assertion);
        using var second = await SendAsync(assertion);
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        await OpenIdHost.AssertErrorAsync(second, HttpStatusCode.Unauthorized, "invalid_client");
    }

    [Fact]
    public async Task Another_assertion_with_a_used_jti_is_refused()
    {
        var claims = Claims();
        using var first = await SendAsync(Sign(claims));
        claims["exp"] = Now.AddMinutes(3).ToUnixTimeSeconds();
        using var second = await SendAsync(Sign(claims));
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        await OpenIdHost.AssertErrorAsync(second, HttpStatusCode.Unauthorized, "invalid_client");
    }

    public static TheoryData<string, string?> BadClaims => new()
    {
        { "exp", null },
        { "exp", Now.AddMinutes(-2).ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture) },
        { "exp", Now.AddHours(20).ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture) },
        { "exp", "99999999999999999" },
        { "exp", "\"tomorrow\"" },
        { "nbf", Now.AddHours(1).ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture) },
        { "jti", null },
        { "jti", "\"\"" },
        { "jti", "7" },
        { "aud", null },
        { "aud", "\"https://identity.customs.example/connect/token\"" },
        { "aud", "\"https://other.example\"" },
        { "aud", "[\"https://identity.customs.example\",\"https://other.example\"]" },
        { "aud", "[]" },
        { "iss", "\"broker\"" },
        { "iss", "\"nobody\"" },
        { "iss", null },
        { "sub", "\"broker\"" },
        { "sub", null },
    };

    [Theory]
    [MemberData(nameof(BadClaims))]
    public async Task An_assertion_that_says_something_wrong_is_refused(string claim, string? json)
    {
        var claims = Claims();
        claims.Remove(claim);
        if (json is not null)
        {
            claims[claim] = JsonDocument.Parse(json).RootElement;
        }

        using var response = await SendAsync(Sign(claims));

        await OpenIdHost.AssertErrorAsync(response, HttpStatusCode.Unauthorized, "invalid_client");
    }

    [Fact]
    public async Task An_unsigned_assertion_is_refused()
    {
        using var response = await SendAsync(Encode(new { alg = "none" }) + "." + Encode(Claims()) + ".");
        await OpenIdHost.AssertErrorAsync(response, HttpStatusCode.Unauthorized, "invalid_client");
    }

    [Fact]
    public async Task A_public_key_taken_for_an_HMAC_secret_is_refused()
    {
        byte[][] secrets =
        [
            host.ClientRsaKey.ExportSubjectPublicKeyInfo(),
            Encoding.ASCII.GetBytes(host.ClientRsaKey.ExportSubjectPublicKeyInfoPem()),
            host.ClientKey.ExportSubjectPublicKeyInfo(),
            Encoding.ASCII.GetBytes(host.Configuration()["Bootstrap:Clients:1:JsonWebKeySet"]!),
        ];
        foreach (var secret in secrets)
        {
            var text = Encode(new { alg = "HS256", kid = "rsa" }) + "." + Encode(Claims());
            using var response = await SendAsync(text + "." + Base64UrlEncoder.Encode(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(text))));
            await OpenIdHost.AssertErrorAsync(response, HttpStatusCode.Unauthorized, "invalid_client");
        }
    }

    [Fact]
    public async Task A_signature_of_another_key_is_refused()
    {
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var response = await SendAsync(new JsonWebTokenHandler().CreateToken(
            JsonSerializer.Serialize(Claims()), new SigningCredentials(new ECDsaSecurityKey(stranger) { KeyId = "ec" }, "ES256")));
        await OpenIdHost.AssertErrorAsync(response, HttpStatusCode.Unauthorized, "invalid_client");
    }

    [Theory]
    [InlineData("at+jwt", "ES256")]
    [InlineData("JWT", "RS512")]
    public async Task Another_type_or_algorithm_is_refused(string type, string algorithm)
    {
        using var response = await SendAsync(Sign(Claims(), type, algorithm));
        await OpenIdHost.AssertErrorAsync(response, HttpStatusCode.Unauthorized, "invalid_client");
    }

    [Theory]
    [InlineData("x")]
    [InlineData("a.b.c")]
    [InlineData("eyJhbGciOiJFUzI1NiJ9..")]
    [InlineData("eyJhbGciOiJFUzI1NiJ9.bm90IGpzb24.AAAA")]
    public async Task What_is_not_a_JWT_is_refused(string assertion)
    {
        using var response = await SendAsync(assertion);
        await OpenIdHost.AssertErrorAsync(response, HttpStatusCode.Unauthorized, "invalid_client");
    }

    [Fact]
    public async Task An_access_token_of_this_server_is_no_assertion()
    {
        using var response = await SendAsync(await host.AccessTokenAsync("operators.read"));
        await OpenIdHost.AssertErrorAsync(response, HttpStatusCode.Unauthorized, "invalid_client");
    }

    private Task<HttpResponseMessage> SendAsync(string assertion) => host.TokenAsync(
        ("grant_type", "client_credentials"), ("client_id", OpenIdHost.KeyClientId),
        ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"), ("client_assertion", assertion));

    private static Dictionary<string, object> Claims() => new()
    {
        ["iss"] = OpenIdHost.KeyClientId,
        ["sub"] = OpenIdHost.KeyClientId,
        ["aud"] = OpenIdHost.Issuer,
        ["jti"] = Convert.ToHexString(RandomNumberGenerator.GetBytes(16)),
        ["exp"] = Now.AddMinutes(2).ToUnixTimeSeconds(),
    };

    private string Sign(Dictionary<string, object> claims, string? type = "JWT", string algorithm = "ES256")
    {
        var text = Encode(type is null ? new { alg = algorithm } : new { alg = algorithm, typ = type }) + "." + Encode(claims);
        var bytes = Encoding.ASCII.GetBytes(text);
        return text + "." + Base64UrlEncoder.Encode(algorithm switch
        {
            "ES256" => host.ClientKey.SignData(bytes, HashAlgorithmName.SHA256),
            "PS256" => host.ClientRsaKey.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
            "RS512" => host.ClientRsaKey.SignData(bytes, HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1),
            _ => host.ClientRsaKey.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
        });
    }

    private static string Encode(object value) => Base64UrlEncoder.Encode(JsonSerializer.SerializeToUtf8Bytes(value));
}
