using TradeIdentity.Authority.Accounts.Mail;
using TradeIdentity.Authority.Companies.Representatives;
using TradeIdentity.Authority.Configuration;

namespace TradeIdentity.Server.Accounts;

/// <summary>Which way out mail takes: the configured server; else in Development a folder, and elsewhere none.</summary>
internal static class MailSetup
{
    internal const string Folder = "data/mail";

    internal static void AddMail(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        var options = AuthorityConfiguration.ReadMail(configuration);
        var names = configuration.GetSection("Issuer:Names").GetChildren().ToDictionary(name => name.Key, name => name.Value ?? "");
        var fromName = names.GetValueOrDefault("en", "TradeIdentity");
        var site = Uri.TryCreate(configuration["Issuer:BaseUrl"], UriKind.Absolute, out var address) ? address : new Uri("http://localhost:5080");
        services.AddSingleton(new InvitationMails(site));
        services.AddSingleton(new AccountMails(site, names));
        services.AddSingleton<IMailOut>(provider => (options.Host.Length > 0, environment.IsDevelopment()) switch
        {
            (true, _) => new SmtpMailOut(options, fromName, provider.GetRequiredService<TimeProvider>()),
            (false, true) => new MaildirMailOut(Path.GetFullPath(Folder, environment.ContentRootPath), fromName, provider.GetRequiredService<TimeProvider>()),
            (false, false) => new NoMailOut(),
        });
        services.AddHostedService<SendWaitingMail>();
        services.AddHostedService<MakeMailsOfNotices>();
        services.AddHostedService<TendNoticesDaily>();
    }
}
