using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using TradeIdentity.Authority.Keys;

namespace TradeIdentity.Authority.Configuration;

/// <summary>The configuration of the authority, checked as a whole before anything is opened: a start fails with the key's name.</summary>
public sealed record AuthorityConfiguration(
    IssuerOptions Issuer, StorageOptions Storage, KeysOptions Keys, TrustOptions Trust, AccountsOptions Accounts, MailOptions Mail,
    RateLimitsOptions RateLimits, RetentionOptions Retention)
{
    /// <summary>What a start in Development has unless it is configured: nothing of it is accepted elsewhere.</summary>
    public static IReadOnlyDictionary<string, string?> DevelopmentDefaults { get; } = new Dictionary<string, string?>
    {
        ["Issuer:BaseUrl"] = "http://localhost:5080",
        ["Issuer:Code"] = DemonstrationIssuerCode,
        ["Issuer:Country"] = "XX",
        ["Issuer:Names:en"] = "Demonstration Customs Authority",
        ["Issuer:Names:fr"] = "Autorité douanière de démonstration",
        ["Issuer:Names:es"] = "Autoridad aduanera de demostración",
        ["Issuer:Names:ar"] = "السلطة الجمركية التجريبية",
        ["Issuer:Names:zh"] = "演示海关主管机关",
        // One machine and a handful of people stand for all when load is tried.
        ["RateLimits:AddressOpenRequests"] = "600000",
        ["RateLimits:AccountRequests"] = "600000",
    };

    // XX is left to its users by ISO 3166-1: no country's customs is meant.
    private const string DemonstrationIssuerCode = "XX-DEMO";

    // A hundred years.
    private const int LongestRetention = 36_525;

    /// <summary>Binds and checks the sections Issuer, Storage, Keys, Trust, Accounts, Mail, RateLimits and Retention.</summary>
    /// <exception cref="OptionsValidationException">A key is unknown or its value is wrong; the message is one line that names it.</exception>
    public static AuthorityConfiguration Read(IConfiguration configuration, IHostEnvironment environment)
    {
        var read = new AuthorityConfiguration(
            Bind<IssuerOptions>(configuration, "Issuer"),
            Bind<StorageOptions>(configuration, "Storage"),
            Bind<KeysOptions>(configuration, "Keys"),
            Bind<TrustOptions>(configuration, "Trust"),
            ReadAccounts(configuration),
            ReadMail(configuration),
            ReadRateLimits(configuration),
            ReadRetention(configuration));
        CheckIssuer(read.Issuer, environment);
        CheckTrust(read.Trust);
        CheckKeys(read.Keys, environment);
        return read;
    }

    /// <summary>The section Accounts alone.</summary>
    /// <exception cref="OptionsValidationException">As of <see cref="Read"/>.</exception>
    public static AccountsOptions ReadAccounts(IConfiguration configuration) => Bind<AccountsOptions>(configuration, "Accounts");

    /// <summary>The section Mail alone.</summary>
    /// <exception cref="OptionsValidationException">As of <see cref="Read"/>.</exception>
    public static MailOptions ReadMail(IConfiguration configuration)
    {
        var mail = Bind<MailOptions>(configuration, "Mail");
        if (mail.Host.Length > 0 && !mail.From.Contains('@', StringComparison.Ordinal))
        {
            throw Wrong("Mail", $"Mail:From is '{mail.From}'; it must be the e-mail address that mails come from.");
        }

        if (mail.Port is < 1 or > 65535)
        {
            throw Wrong("Mail", $"Mail:Port is {mail.Port}; it must be a port: 587, or 465 with Mail:Tls Implicit.");
        }

        return mail.Tls is MailOptions.StartTls or MailOptions.Implicit
            ? mail
            : throw Wrong("Mail", $"Mail:Tls is '{mail.Tls}'; it must be StartTls or Implicit: mail is not sent without TLS.");
    }

    /// <summary>The section RateLimits alone.</summary>
    /// <exception cref="OptionsValidationException">As of <see cref="Read"/>.</exception>
    public static RateLimitsOptions ReadRateLimits(IConfiguration configuration)
    {
        var limits = Bind<RateLimitsOptions>(configuration, "RateLimits");
        foreach (var (key, permits) in new[]
        {
            (nameof(limits.AddressRequests), limits.AddressRequests), (nameof(limits.AddressOpenRequests), limits.AddressOpenRequests),
            (nameof(limits.AddressFailures), limits.AddressFailures), (nameof(limits.ClientFailures), limits.ClientFailures),
            (nameof(limits.ClientRequests), limits.ClientRequests), (nameof(limits.AccountRequests), limits.AccountRequests),
        })
        {
            if (permits < 1)
            {
                throw Wrong("RateLimits", $"RateLimits:{key} is {permits}; it must be how many may come in a minute, 1 at least.");
            }
        }

        return limits;
    }

    /// <summary>The section Retention alone.</summary>
    /// <exception cref="OptionsValidationException">As of <see cref="Read"/>.</exception>
    public static RetentionOptions ReadRetention(IConfiguration configuration)
    {
        var retention = Bind<RetentionOptions>(configuration, "Retention");
        // The least: that a mistake or a theft is noticed, and that what was begun can be ended.
        foreach (var (key, days, least) in new[]
        {
            (nameof(retention.ClosedAccountDays), retention.ClosedAccountDays, 0), (nameof(retention.UnusedAccountDays), retention.UnusedAccountDays, 90),
            (nameof(retention.UnconfirmedAccountDays), retention.UnconfirmedAccountDays, 1), (nameof(retention.EndedSessionDays), retention.EndedSessionDays, 1),
            (nameof(retention.SettledInvitationDays), retention.SettledInvitationDays, 1), (nameof(retention.NoticeDays), retention.NoticeDays, 90),
        })
        {
            if (days < least || days > LongestRetention)
            {
                throw Wrong("Retention", $"Retention:{key} is {days}; it must be days, {least} to {LongestRetention}.");
            }
        }

        return retention;
    }

    private static T Bind<T>(IConfiguration configuration, string name)
        where T : class, new()
    {
        var section = configuration.GetSection(name);
        var known = typeof(T).GetProperties().Select(property => property.Name);
        if (section.GetChildren().FirstOrDefault(child => !known.Contains(child.Key, StringComparer.OrdinalIgnoreCase)) is { } unknown)
        {
            throw Wrong(name, $"{unknown.Path} is not a known key; appsettings.example.json lists them all.");
        }

        try
        {
            var options = new T();
            section.Bind(options);
            return options;
        }
        catch (InvalidOperationException unbound)
        {
            // The binder's way to say that a text is not a number; its message names the path.
            throw Wrong(name, unbound.Message);
        }
    }

    private static void CheckIssuer(IssuerOptions issuer, IHostEnvironment environment)
    {
        if (!Uri.TryCreate(issuer.BaseUrl, UriKind.Absolute, out var url)
            || (url.Scheme != Uri.UriSchemeHttps && !(url.Scheme == Uri.UriSchemeHttp && environment.IsDevelopment())))
        {
            throw Wrong("Issuer", $"Issuer:BaseUrl is '{issuer.BaseUrl}'; it must be an absolute https address (http only in Development).");
        }

        if (!IsCountry(issuer.Country))
        {
            throw Wrong("Issuer", $"Issuer:Country is '{issuer.Country}'; it must be two capital letters of ISO 3166-1.");
        }

        if (!IsCode(issuer.Code, issuer.Country))
        {
            throw Wrong("Issuer", $"Issuer:Code is '{issuer.Code}'; it must be {issuer.Country}, or {issuer.Country}- and capital letters or digits, 24 characters at most.");
        }

        if (issuer.Code == DemonstrationIssuerCode && !environment.IsDevelopment())
        {
            throw Wrong("Issuer", $"Issuer:Code is '{issuer.Code}', which is for demonstration: set the code of your administration.");
        }

        if (!issuer.Names.TryGetValue("en", out var name) || string.IsNullOrWhiteSpace(name))
        {
            throw Wrong("Issuer", "Issuer:Names:en is missing: the name that officers of other countries see.");
        }
    }

    private static void CheckTrust(TrustOptions trust)
    {
        if (trust.RefreshMinutes < 1)
        {
            throw Wrong("Trust", "Trust:RefreshMinutes must be at least 1.");
        }

        if (trust.NextUpdateHours * 60L <= trust.RefreshMinutes)
        {
            throw Wrong("Trust", "Trust:NextUpdateHours must be longer than Trust:RefreshMinutes.");
        }
    }

    private static void CheckKeys(KeysOptions keys, IHostEnvironment environment)
    {
        if (new KeysOptionsValidation().Validate(null, keys) is { Failed: true } failed)
        {
            throw Wrong("Keys", failed.FailureMessage);
        }

        if (!environment.IsDevelopment() && Path.GetFileName(keys.EncryptionKeyFile) == KeyEncryptionKey.DevelopmentFileName)
        {
            throw Wrong("Keys", $"Keys:EncryptionKeyFile names {KeyEncryptionKey.DevelopmentFileName}, the key of a demonstration: make a key of your own.");
        }
    }

    private static bool IsCountry(string text) => text.Length == 2 && text.All(char.IsAsciiLetterUpper);

    private static bool IsCode(string code, string country) =>
        code.Length <= 24 && code.StartsWith(country, StringComparison.Ordinal)
        && (code.Length == 2 || (code.Length > 3 && code[2] == '-' && code[3..].All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c))));

    private static OptionsValidationException Wrong(string section, string failure) => new(section, typeof(AuthorityConfiguration), [failure]);
}
