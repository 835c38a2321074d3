using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Server.OpenId;
using TradeIdentity.Server.OpenId.Authorization;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace TradeIdentity.Server.Tests.OpenId.Authorization;

/// <summary>The whole server in this process, with persons whose sign-in is taken for granted, and two relying parties.</summary>
public class PersonHost : IAsyncLifetime
{
    public const string Tin = "NL854502130";
    public const string OtherTin = "CHDEMO0001";
    public const string Agency = "agency";
    public const string AgencySecret = "secret-of-the-agency-0123456789-0123456789";
    public const string Callback = "https://agency.example/callback";
    public const string Application = "application";
    public const string ApplicationCallback = "https://application.example/callback";

    public const string SignedOut = "https://agency.example/signed-out";

    /// <summary>A public client that wants to hear when sessions end.</summary>
    public const string Listener = "listener";
    public const string ListenerCallback = "https://listener.example/callback";

    /// <summary>A public client that knows people by subjects of its own.</summary>
    public const string Pairwise = "pairwise";
    public const string PairwiseCallback = "https://pairwise.example/callback";

    private readonly string _folder = Directory.CreateTempSubdirectory("tradeidentity-tests-").FullName;
    private WebApplication? _app;
    private int _accounts;

    // Tests of a class fail on purpose, from one address: more than a client may.
    protected virtual IReadOnlyList<string> Settings { get; } = ["--RateLimits:ClientFailures", "100000", "--RateLimits:AddressFailures", "100000"];

    public HttpClient Http { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    public const string Issuer = "http://localhost:5080";

    public IServiceProvider Services => _app!.Services;

    public Database Database => Services.GetRequiredService<Database>();

    public virtual async ValueTask InitializeAsync()
    {
        _app = Program.Build([
            "--environment", "Development", "--contentRoot", _folder, "--urls", "http://127.0.0.1:0", .. await StorageAsync(_folder), .. Settings,
        ], Register);
        await Program.StartAsync(_app);
        Http.BaseAddress = new Uri(_app.Urls.First(url => url.StartsWith("http://", StringComparison.Ordinal)));
        await using var scope = _app.Services.CreateAsyncScope();
        var applications = scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>();
        await applications.CreateAsync(Describe(Agency, AgencySecret, Callback), Cancelled);
        await applications.CreateAsync(Describe(Application, null, ApplicationCallback), Cancelled);
        var listener = Describe(Listener, null, ListenerCallback);
        listener.Settings["backchannel_logout_uri"] = "https://listener.example/logout";
        await applications.CreateAsync(listener, Cancelled);
        var pairwise = Describe(Pairwise, null, PairwiseCallback);
        pairwise.Settings["subject_type"] = "pairwise";
        await applications.CreateAsync(pairwise, Cancelled);
    }

    public virtual async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (_app is not null)
        {
            await _app.DisposeAsync();
            await DeleteAsync();
        }

        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>What stands in place of the server's own: a clock, a network.</summary>
    protected virtual void Register(IServiceCollection services)
    {
    }

    /// <summary>The arguments that name the database.</summary>
    protected virtual Task<string[]> StorageAsync(string folder) =>
        Task.FromResult<string[]>(["--Storage:Provider", "Sqlite", "--Storage:ConnectionString", $"Data Source={Path.Combine(folder, "data", "server.db")}"]);

    protected virtual Task DeleteAsync() => Task.CompletedTask;

    /// <summary>A new person who acts for <paramref name="tins"/>.</summary>
    public async Task<string> RegisterAsync(params string[] tins)
    {
        var number = Interlocked.Increment(ref _accounts);
        var id = number.ToString("x32", CultureInfo.InvariantCulture);
        await Database.WriteAsync(
            async tx =>
            {
                await tx.ExecuteAsync(
                    """
                    INSERT INTO accounts (id, email, normalized_email, email_confirmed, given_name, family_name, language, roles,
                        security_stamp, concurrency_token, two_factor_enabled, is_demonstration, created_at)
                    VALUES (@id, @email, @email, 1, 'Ada', 'Example', 'en', '', 'stamp', 'token', 0, 0, 0)
                    """, new { id, email = $"person{number}@trader.example" });
                foreach (var tin in tins)
                {
                    await tx.ExecuteAsync(
                        "INSERT INTO memberships (id, account_id, tin, roles, since) VALUES (@key, @id, @tin, 'administrator', 0)",
                        new { key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), id, tin });
                }

                return 0;
            },
            Cancelled);
        return id;
    }

    /// <summary>Makes the person an officer of the authority, in these roles and no other.</summary>
    public Task AppointAsync(string accountId, params string[] roles) =>
        Database.WriteAsync(tx => tx.ExecuteAsync("UPDATE accounts SET roles = @roles WHERE id = @accountId", new { accountId, roles = string.Join(' ', roles) }), Cancelled);

    public Task EndMembershipsAsync(string accountId) =>
        Database.WriteAsync(tx => tx.ExecuteAsync("UPDATE memberships SET until = 1 WHERE account_id = @accountId", new { accountId }), Cancelled);

    /// <summary>The cookie of a new session of the person.</summary>
    public async Task<string> SignInAsync(string accountId, string acr = "urn:tradeidentity:acr:1", int secondsAgo = 0, string? actingFor = null)
    {
        var sid = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var at = Services.GetRequiredService<TimeProvider>().GetUtcNow().ToUnixTimeSeconds() - secondsAgo;
        await Database.WriteAsync(
            tx => tx.ExecuteAsync(
                """
                INSERT INTO account_sessions (sid, account_id, generation, created_at, last_seen_at, auth_time, amr, acr, acting_for, user_agent)
                VALUES (@sid, @accountId, 1, @at, @at, @at, 'pwd', @acr, @actingFor, 'test')
                """, new { sid, accountId, at, acr, actingFor }),
            Cancelled);
        var identity = new ClaimsIdentity([new("sid", sid), new("gen", "1")], IdentityConstants.ApplicationScheme);
        var cookies = Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(IdentityConstants.ApplicationScheme);
        var properties = new AuthenticationProperties { IssuedUtc = DateTimeOffset.FromUnixTimeSeconds(at), ExpiresUtc = DateTimeOffset.FromUnixTimeSeconds(at + 36_000) };
        return $"{cookies.Cookie.Name}={cookies.TicketDataFormat.Protect(new AuthenticationTicket(new ClaimsPrincipal(identity), properties, IdentityConstants.ApplicationScheme))}";
    }

    /// <summary>Sends an authorization request, and gives where it sends the browser.</summary>
    public async Task<Uri> AuthorizeAsync(string? cookie, string address)
    {
        using var response = await GetAsync(address, cookie);
        var body = await response.Content.ReadAsStringAsync(Cancelled);
        Assert.True(response.StatusCode == HttpStatusCode.Redirect, $"{response.StatusCode}: {body}");
        return new Uri(Http.BaseAddress!, response.Headers.Location!);
    }

    public async Task<HttpResponseMessage> GetAsync(string address, string? cookie = null, string? bearer = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        if (bearer is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        }

        return await Http.SendAsync(request, Cancelled);
    }

    /// <summary>A request of the API, with a JSON body where there is one.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string bearer, string? body = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        request.Content = string.IsNullOrEmpty(body) ? null : new StringContent(body, Encoding.UTF8, "application/json");
        return await Http.SendAsync(request, Cancelled);
    }

    /// <summary>An access token of the person, signed in with two factors, for the agency.</summary>
    public async Task<string> AccessTokenAsync(string accountId, string scope, string? actingFor = null) =>
        (await TokensAsync(await SignInAsync(accountId, "urn:tradeidentity:acr:2", actingFor: actingFor), AuthorizationRequest.With(("scope", "openid " + scope))))
            .GetProperty("access_token").GetString()!;

    /// <summary>The address that a page was told to come back to.</summary>
    public static string ReturnUrl(Uri page) => QueryHelpers.ParseQuery(page.Query)["returnUrl"].ToString();

    /// <summary>Says yes or no as the consent page does, and gives where that leads.</summary>
    public async Task<Uri> AnswerAsync(Uri page, string cookie, InteractionAnswer answer = InteractionAnswer.Allowed)
    {
        Assert.Equal("/consent", page.AbsolutePath);
        return await AuthorizeAsync(cookie, Services.GetRequiredService<Interactions>().Answer(ReturnUrl(page), answer, SidOf(cookie)));
    }

    /// <summary>The whole way to a code, consent included.</summary>
    public async Task<string> CodeAsync(string cookie, AuthorizationRequest request)
    {
        var there = await AuthorizeAsync(cookie, request.Address);
        if (there.AbsolutePath == "/consent")
        {
            there = await AnswerAsync(there, cookie);
        }

        var answer = QueryHelpers.ParseQuery(there.Query);
        Assert.True(answer.TryGetValue("code", out var code), there.ToString());
        return code.ToString();
    }

    public Task<HttpResponseMessage> ExchangeAsync(string code, AuthorizationRequest request, string? verifier = null) =>
        TokenAsync(request.ClientId, ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", request.RedirectUri), ("code_verifier", verifier ?? request.Verifier));

    public Task<HttpResponseMessage> RefreshAsync(string clientId, string refreshToken, params (string Name, string Value)[] more) =>
        TokenAsync(clientId, [("grant_type", "refresh_token"), ("refresh_token", refreshToken), .. more]);

    public async Task<HttpResponseMessage> TokenAsync(string clientId, params (string Name, string Value)[] form) => await PostAsync("/connect/token", clientId, form);

    public async Task<HttpResponseMessage> PostAsync(string path, string clientId, params (string Name, string Value)[] form)
    {
        var all = form.Append(("client_id", clientId)).Concat(clientId == Agency ? [("client_secret", AgencySecret)] : []);
        return await Http.PostAsync(new Uri(path, UriKind.Relative), new FormUrlEncodedContent(all.Select(field => KeyValuePair.Create(field.Item1, field.Item2))), Cancelled);
    }

    /// <summary>The tokens of a person for the agency.</summary>
    public async Task<JsonElement> TokensAsync(string cookie, AuthorizationRequest request)
    {
        using var response = await ExchangeAsync(await CodeAsync(cookie, request), request);
        var tokens = await OpenIdHost.JsonAsync(response);
        Assert.True(response.StatusCode == HttpStatusCode.OK, tokens.ToString());
        return tokens;
    }

    /// <summary>The claims of a JWT, its signature not looked at.</summary>
    public static JsonElement Claims(JsonElement tokens, string name)
    {
        using var document = JsonDocument.Parse(Base64UrlEncoder.DecodeBytes(tokens.GetProperty(name).GetString()!.Split('.')[1]));
        return document.RootElement.Clone();
    }

    public string SidOf(string cookie) =>
        Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(IdentityConstants.ApplicationScheme)
            .TicketDataFormat.Unprotect(cookie[(cookie.IndexOf('=', StringComparison.Ordinal) + 1)..])!.Principal.FindFirst("sid")!.Value;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static OpenIddictApplicationDescriptor Describe(string clientId, string? secret, string callback)
    {
        var descriptor = new OpenIddictApplicationDescriptor
        {
            ClientId = clientId,
            ClientSecret = secret,
            ClientType = secret is null ? ClientTypes.Public : ClientTypes.Confidential,
            ConsentType = ConsentTypes.Explicit,
            RedirectUris = { new Uri(callback) },
            PostLogoutRedirectUris = { new Uri(new Uri(callback), "/signed-out") },
            Permissions =
            {
                Permissions.Endpoints.Authorization, Permissions.Endpoints.PushedAuthorization, Permissions.Endpoints.Token,
                Permissions.Endpoints.Revocation, Permissions.Endpoints.Introspection, Permissions.Endpoints.EndSession,
                Permissions.GrantTypes.AuthorizationCode, Permissions.GrantTypes.RefreshToken, Permissions.ResponseTypes.Code,
                Permissions.Endpoints.DeviceAuthorization, Permissions.GrantTypes.DeviceCode,
            },
        };
        foreach (var scope in (string[])["profile", "email", "organization", "aeo", "mandates", .. ApiScopes.All])
        {
            descriptor.Permissions.Add(Permissions.Prefixes.Scope + scope);
        }

        return descriptor;
    }
}
