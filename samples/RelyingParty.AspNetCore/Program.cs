using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;

var builder = WebApplication.CreateBuilder(args);
builder.Configuration.AddJsonFile(Path.GetFullPath("client.json")); // what the registration answered

builder.Services.AddAuthorization();
builder.Services.AddAuthentication(options =>
{
    options.DefaultScheme = CookieAuthenticationDefaults.AuthenticationScheme;
    options.DefaultChallengeScheme = OpenIdConnectDefaults.AuthenticationScheme;
}).AddCookie().AddOpenIdConnect(options =>
{
    options.Authority = builder.Configuration["Authority"] ?? "http://localhost:5080";
    options.RequireHttpsMetadata = false; // for the demonstration alone
    options.ClientId = builder.Configuration["client_id"];
    options.ClientSecret = builder.Configuration["client_secret"];
    options.ResponseType = "code"; // with PKCE, and pushed: the handler sees that the server can
    options.ResponseMode = "query"; // over https leave out this and the cookies: the answer is then posted
    foreach (var cookie in new[] { options.CorrelationCookie, options.NonceCookie })
    {
        (cookie.SameSite, cookie.SecurePolicy) = (SameSiteMode.Lax, CookieSecurePolicy.SameAsRequest);
    }

    foreach (var scope in "email organization aeo offline_access".Split(' ')) // openid and profile are there
    {
        options.Scope.Add(scope);
    }

    options.MapInboundClaims = false; // the claims under their own names
    options.GetClaimsFromUserInfoEndpoint = true;
    options.ClaimActions.MapJsonKey("email", "email");
    options.ClaimActions.MapJsonKey("verified_claims", "verified_claims");
    options.TokenValidationParameters.NameClaimType = "name";
    options.TokenValidationParameters.RoleClaimType = "roles";
    options.SaveTokens = true; // for the sign-out, which names the session by its ID token
});

var app = builder.Build();
app.MapGet("/", (HttpContext context) => context.User.Claims.ToLookup(claim => claim.Type, claim => claim.Value)
    .ToDictionary(claim => claim.Key, claim => string.Join(' ', claim))).RequireAuthorization();
app.MapGet("/sign-out", () => TypedResults.SignOut(
    new AuthenticationProperties { RedirectUri = "/signed-out" }, [CookieAuthenticationDefaults.AuthenticationScheme, OpenIdConnectDefaults.AuthenticationScheme]));
app.MapGet("/signed-out", () => "signed out");
app.Run();
