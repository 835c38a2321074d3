using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Accounts.Passwords;
using TradeIdentity.Authority.Accounts.Sessions;
using TradeIdentity.Authority.Configuration;

namespace TradeIdentity.Server.Accounts;

/// <summary>Accounts at the edge of the server: the cookies, and ASP.NET Core Identity over the authority's stores.</summary>
public static class AccountsServer
{
    /// <summary>Registers accounts. Needs <c>Database</c>, <c>KeyEncryptionKey</c> and <c>TimeProvider</c> as singletons.</summary>
    public static IServiceCollection AddAccounts(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        services.AddSingleton(AuthorityConfiguration.ReadRetention(configuration));
        services.AddAccountStores(BreachedPasswordsOf(configuration)).AddSignInManager<AccountSignIn>();
        services.AddScoped(provider => (AccountSignIn)provider.GetRequiredService<SignInManager<Account>>());
        services.AddMail(configuration, environment);
        services.AddSingleton<SessionCookie>();
        services.AddSingleton(provider => new ComparisonHash(new PasswordHasher<Account>(provider.GetRequiredService<IOptions<PasswordHasherOptions>>())));
        services.AddSingleton(BootstrapUsersSection.Read(configuration));
        services.AddSingleton<DemonstrationAccounts>();
        services.AddScoped<BootstrapUser>();
        services.AddHostedService<AccountsAtStart>();
        services.AddHostedService<PruneAccountsHourly>();
        services.AddHostedService<EraseDaily>();
        services.AddScoped<FailedSignIn>();
        services.AddScoped<SignInWithPassword>();
        services.AddScoped<SecondStep>();
        services.AddScoped<SignInWithCode>();
        services.AddScoped<SignInWithRecoveryCode>();
        services.AddScoped<SignInWithPasskey>();

        services.Configure<IdentityPasskeyOptions>(passkeys => PasskeyPolicy.Configure(passkeys, configuration, environment));
        services.AddAuthentication(IdentityConstants.ApplicationScheme)
            .AddCookie(IdentityConstants.ApplicationScheme, cookie =>
            {
                Harden(cookie, "session", environment);
                cookie.ExpireTimeSpan = SessionLifetime.Longest;
                cookie.EventsType = typeof(SessionCookie);
                cookie.LoginPath = "/sign-in";
                cookie.LogoutPath = "/sign-out";
                cookie.AccessDeniedPath = "/error";
                cookie.ReturnUrlParameter = "returnUrl";
            })
            .AddCookie(IdentityConstants.TwoFactorUserIdScheme, cookie =>
            {
                Harden(cookie, "second-factor", environment);
                // Between the password and the code, or a passkey's challenge and its answer.
                cookie.ExpireTimeSpan = TimeSpan.FromMinutes(5);
            });
        return services;
    }

    private static BreachedPasswords BreachedPasswordsOf(IConfiguration configuration) =>
        BreachedPasswords.Open(AuthorityConfiguration.ReadAccounts(configuration).BreachedPasswords).TryGet(out var breached, out var refusal)
            ? breached
            : throw new OptionsValidationException("Accounts", typeof(AccountsOptions), [refusal.Detail]);

    private static void Harden(CookieAuthenticationOptions cookie, string name, IHostEnvironment environment)
    {
        // RFC 6265bis §4.1.3.2: with this prefix browsers take it from this host alone, over TLS, for all paths.
        cookie.Cookie.Name = environment.IsDevelopment() ? $"tradeidentity-{name}" : $"__Host-tradeidentity-{name}";
        cookie.Cookie.Path = "/";
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = environment.IsDevelopment() ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
        cookie.SlidingExpiration = false;
    }
}
