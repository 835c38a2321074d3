using System.Globalization;
using System.Resources;
using TradeIdentity.Authority.Accounts.Mail;
using TradeIdentity.Authority.Languages;

namespace TradeIdentity.Authority.Companies.Representatives;

/// <summary>The mails that ask people to act for an operator, in the language of who asks: nobody knows theirs.</summary>
/// <param name="baseUrl">Of this authority: links lead nowhere else, whatever a request called its host.</param>
public sealed class InvitationMails(Uri baseUrl)
{
    private static readonly ResourceManager Words = new($"TradeIdentity.Authority.Companies.Representatives.{nameof(InvitationMails)}", typeof(InvitationMails).Assembly);

    internal OutgoingMail Write(string email, string company, string token, DateTimeOffset expiresAt, string language)
    {
        var spoken = SpokenLanguages.Find(language) ?? SpokenLanguages.English;
        var (culture, name) = (spoken.Culture, Isolated.In(spoken, company));
        var link = $"{baseUrl.AbsoluteUri.TrimEnd('/')}/invitations?token={token}";
        return new OutgoingMail(
            email,
            "",
            string.Format(culture, Word("Subject", culture), name),
            string.Format(culture, Word("Text", culture), name, link, WrittenDay.Of(expiresAt, culture), Isolated.In(spoken, email)) + "\n");
    }

    private static string Word(string key, CultureInfo culture) => Words.GetString(key, culture) ?? throw new MissingManifestResourceException($"No words for {key}.");
}
