using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace TradeIdentity.Clients.Tests.AspNetCore;

/// <summary>The handler of ASP.NET Core, with the request pushed, the answer posted or in the address, UserInfo, and both ways of signing out.</summary>
[Collection(OnOneServer.Name)]
public sealed class OpenIdConnectTests(ServerForClients host) : IAsyncDisposable
{
    private readonly List<string> _asked = [];
    private WebApplication? _application;

    [Theory]
    [InlineData(OpenIdConnectResponseMode.FormPost, PushedAuthorizationBehavior.Require, "ES256")]
    [InlineData(OpenIdConnectResponseMode.Query, PushedAuthorizationBehavior.UseIfAvailable, "RS256")]
    [InlineData(OpenIdConnectResponseMode.FormPost, PushedAuthorizationBehavior.Disable, "RS256")]
    public async Task A_person_signs_in_is_known_and_signs_out(string responseMode, PushedAuthorizationBehavior pushed, string algorithm)
    {
        var application = await StartAsync(responseMode, pushed, algorithm);
        using var anna = host.Server.Anna();
        var (address, page) = await anna.VisitAsync(new Uri(application));
        Assert.True(address == new Uri(application), $"{address}: {page}");
        var claims = JsonNode.Parse(page)!;
        Assert.Equal("anna@flowers.example", (string?)claims["email"]);
        Assert.Equal("representative", (string?)claims["roles"]);
        Assert.Contains(RunningServer.Tin, (string?)claims["organization"], StringComparison.Ordinal);
        Assert.Equal(pushed != PushedAuthorizationBehavior.Disable, _asked.Contains("/connect/par"));
        Assert.Contains("/connect/userinfo", _asked);

        var (signedOut, _) = await anna.VisitAsync(new Uri($"{application}/sign-out"), until: $"{application}/signed-out");
        Assert.Equal($"{application}/signed-out", signedOut.OriginalString);
        var again = await anna.VisitAsync(new Uri(application), until: $"{host.Server.Address}/sign-in");
        Assert.StartsWith($"{host.Server.Address}/sign-in", again.Address.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_another_browser_asked_for_signs_nobody_in()
    {
        var application = await StartAsync(OpenIdConnectResponseMode.Query, PushedAuthorizationBehavior.UseIfAvailable, "ES256");
        using var mallory = host.Server.Anna();
        var (answer, _) = await mallory.VisitAsync(new Uri(application), until: $"{application}/signin-oidc");
        using var victim = host.Server.Anna();
        var (address, _) = await victim.VisitAsync(answer);
        Assert.Equal("/signin-oidc", address.AbsolutePath);
        Assert.StartsWith(host.Server.Address, (await victim.VisitAsync(new Uri(application), until: host.Server.Address)).Address.OriginalString, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        if (_application is not null)
        {
            await _application.DisposeAsync();
        }
    }

    private async Task<string> StartAsync(string responseMode, PushedAuthorizationBehavior pushed, string algorithm)
    {
        var address = RunningServer.LoopbackAddress();
        var registered = await RegisterAsync(address, algorithm);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(address);
        builder.Services.AddAuthorization();
        builder.Services.AddAuthentication(options =>
        {
            options.DefaultScheme = CookieAuthenticationDefaults.AuthenticationScheme;
            options.DefaultChallengeScheme = OpenIdConnectDefaults.AuthenticationScheme;
        }).AddCookie().AddOpenIdConnect(options =>
        {
            options.Authority = host.Server.Address;
            options.RequireHttpsMetadata = false;
            (options.ClientId, options.ClientSecret) = ((string?)registered["client_id"], (string?)registered["client_secret"]);
            (options.ResponseType, options.ResponseMode, options.PushedAuthorizationBehavior) = (OpenIdConnectResponseType.Code, responseMode, pushed);
            options.Scope.Add("email");
            options.Scope.Add("organization");
            options.MapInboundClaims = false;
            options.GetClaimsFromUserInfoEndpoint = true;
            options.ClaimActions.MapJsonKey("email", "email");
            options.SaveTokens = true;
            options.TokenValidationParameters.ValidAlgorithms = [algorithm];
            options.BackchannelHttpHandler = new Listening(_asked);
            foreach (var cookie in new[] { options.CorrelationCookie, options.NonceCookie })
            {
                (cookie.SameSite, cookie.SecurePolicy) = (SameSiteMode.Unspecified, CookieSecurePolicy.SameAsRequest);
            }
        });
        _application = builder.Build();
        _application.MapGet("/", (HttpContext context) => TypedResults.Json(
            context.User.Claims.GroupBy(claim => claim.Type).ToDictionary(claims => claims.Key, claims => claims.Last().Value))).RequireAuthorization();
        _application.MapGet("/sign-out", () => TypedResults.SignOut(
            new AuthenticationProperties { RedirectUri = "/signed-out" }, [CookieAuthenticationDefaults.AuthenticationScheme, OpenIdConnectDefaults.AuthenticationScheme]));
        await _application.StartAsync(TestContext.Current.CancellationToken);
        return address;
    }

    private async Task<JsonNode> RegisterAsync(string application, string algorithm)
    {
        using var http = new HttpClient { BaseAddress = new Uri(host.Server.Address) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", host.Invitation);
        using var response = await http.PostAsJsonAsync(new Uri("/connect/register", UriKind.Relative), new
        {
            client_name = "Customs desk",
            redirect_uris = new[] { $"{application}/signin-oidc" },
            post_logout_redirect_uris = new[] { $"{application}/signout-callback-oidc" },
            id_token_signed_response_alg = algorithm,
            scope = "openid profile email organization",
        }, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }

    // Which endpoints the handler asked.
    private sealed class Listening(List<string> asked) : DelegatingHandler(new HttpClientHandler())
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            asked.Add(request.RequestUri!.AbsolutePath);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
