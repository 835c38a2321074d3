using System.Globalization;
using System.Resources;
using TradeIdentity.Authority.Accounts.Mail;

namespace TradeIdentity.Authority.Companies.Representatives;

/// <summary>The mails that ask people to act for an operator, in the language of who asks: nobody knows theirs.</summary>
/// <param name="baseUrl">Of this authority: links lead nowhere else, whatever a request called its host.</param>
public sealed class InvitationMails(Uri baseUrl)
{
    private static readonly ResourceManager Words = new($"TradeIdentity.Authority.Companies.Representatives.{nameof(InvitationMails)}", typeof(InvitationMails).Assembly);

    internal OutgoingMail Write(string email, string company, string token, DateTimeOffset expiresAt, string language)
    {
        var culture = CultureInfo.GetCultureInfo(language);
        var link = $"{baseUrl.AbsoluteUri.TrimEnd('/')}/invitations?token={token}";
        return new OutgoingMail(
            email,
            "",
            string.Format(culture, Word("Subject", culture), company),
            string.Format(culture, Word("Text", culture), company, link, expiresAt.UtcDateTime.ToString("d MMMM yyyy", culture), email) + "\n");
    }

    private static string Word(string key, CultureInfo culture) => Words.GetString(key, culture) ?? throw new MissingManifestResourceException($"No words for {key}.");
}
