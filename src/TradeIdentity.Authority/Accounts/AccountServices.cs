using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using TradeIdentity.Authority.Accounts.Administration;
using TradeIdentity.Authority.Accounts.IdentityProofs;
using TradeIdentity.Authority.Accounts.Mail;
using TradeIdentity.Authority.Accounts.Passwords;
using TradeIdentity.Authority.Accounts.Registration;
using TradeIdentity.Authority.Accounts.Sessions;
using TradeIdentity.Authority.Configuration;
using TradeIdentity.Authority.Keys;
using TradeIdentity.Authority.Notices;
using TradeIdentity.Authority.OpenId;
using TradeIdentity.Authority.Privacy;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Accounts;

public static class AccountServices
{
    // OWASP Password Storage Cheat Sheet: 210,000 for PBKDF2-HMAC-SHA512, which is what the framework's hasher computes.
    internal const int PasswordIterations = 210_000;

    /// <summary>
    /// Puts ASP.NET Core Identity over the ledger's database, with the acts on accounts and sessions. Needs <c>Database</c>,
    /// <c>KeyEncryptionKey</c>, <c>TimeProvider</c>, <c>IMailOut</c> and <c>AccountMails</c> as singletons.
    /// </summary>
    public static IdentityBuilder AddAccountStores(this IServiceCollection services, BreachedPasswords breached)
    {
        services.AddSingleton(breached);
        services.AddHttpContextAccessor();
        services.TryAddSingleton<CurrentSession>();
        services.AddSingleton<SessionEnd>();
        services.AddSingleton<Sessions.Sessions>();
        services.AddSingleton<StartSession>();
        services.AddSingleton<StepUpSession>();
        services.AddSingleton<EndSession>();
        services.AddSingleton<SignOutEverywhere>();
        services.AddSingleton<ChooseOperator>();
        services.AddSingleton<FindAccounts>();
        services.AddSingleton<LockAccount>();
        services.AddSingleton<UnlockAccount>();
        services.AddSingleton<FindIdentityProof>();
        services.AddSingleton<ProveIdentity>();
        services.AddSingleton<WithdrawIdentityProof>();
        services.AddSingleton<PruneAccounts>();
        services.TryAddSingleton<ReplayGuard>();
        services.AddSingleton<RateLimits>();
        services.AddSingleton<Memberships>();
        services.AddSingleton<GrantMembership>();
        services.AddSingleton<EndMembership>();
        services.AddSingleton<WaitingMail>();
        services.AddSingleton<MailOutbox>();
        services.AddSingleton<MailNotices>();
        services.AddSingleton<NoticeReader>();
        services.AddSingleton<MarkNoticesSeen>();
        services.AddSingleton<WarnOfEnds>();
        services.AddSingleton<PruneNotices>();
        services.AddSingleton<ExportPersonalData>();
        services.AddSingleton<CloseAccount>();
        services.AddSingleton<EraseWhatIsPast>();
        services.TryAddSingleton(new RetentionOptions());
        services.AddScoped<MailToAccount>();
        services.AddScoped<RegisterAccount>();
        services.AddScoped<ConfirmEmail>();
        services.AddScoped<ResetPassword>();
        AddDataProtection(services);
        services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = PasswordIterations);
        return services
            .AddIdentityCore<Account>(Configure)
            .AddUserStore<AccountStore>()
            .AddUserManager<AccountUsers>()
            .AddUserValidator<AccountAddress>()
            .AddPasswordValidator<PasswordRules>()
            .AddTokenProvider<DataProtectorTokenProvider<Account>>(TokenOptions.DefaultProvider)
            .AddTokenProvider<PasswordResetTokens>(PasswordResetTokens.Provider)
            .AddTokenProvider<AuthenticatorTokenProvider<Account>>(TokenOptions.DefaultAuthenticatorProvider);
    }

    private static void Configure(IdentityOptions identity)
    {
        // NIST SP 800-63B-4 §3.1.1.2: length, and no rules of composition.
        identity.Password.RequiredLength = 12;
        identity.Password.RequiredUniqueChars = 1;
        identity.Password.RequireDigit = false;
        identity.Password.RequireLowercase = false;
        identity.Password.RequireUppercase = false;
        identity.Password.RequireNonAlphanumeric = false;
        identity.User.RequireUniqueEmail = true;
        // The name is the e-mail address, which can have letters of every script.
        identity.User.AllowedUserNameCharacters = "";
        identity.SignIn.RequireConfirmedEmail = true;
        identity.ClaimsIdentity.UserIdClaimType = "sub";
        identity.Tokens.PasswordResetTokenProvider = PasswordResetTokens.Provider;
    }

    private static void AddDataProtection(IServiceCollection services)
    {
        // One name on all instances, wherever they are installed.
        services.AddDataProtection().SetApplicationName("TradeIdentity");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => new ConfigureOptions<KeyManagementOptions>(keys =>
        {
            keys.XmlRepository = new DataProtectionKeys(provider.GetRequiredService<Database>(), provider.GetRequiredService<TimeProvider>());
            keys.XmlEncryptor = new SealedXmlEncryptor(provider.GetRequiredService<KeyEncryptionKey>());
        }));
    }
}
