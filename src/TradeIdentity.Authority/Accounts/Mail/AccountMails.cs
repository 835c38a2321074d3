using System.Globalization;
using System.Resources;
using TradeIdentity.Authority.Languages;

namespace TradeIdentity.Authority.Accounts.Mail;

/// <summary>The mails about an account, in the person's language, from <c>AccountMailWords.resx</c> and its languages.</summary>
/// <param name="baseUrl">Of this authority: links lead nowhere else, whatever a request called its host.</param>
/// <param name="authorityName">Who writes, by language.</param>
public sealed class AccountMails(Uri baseUrl, IReadOnlyDictionary<string, string> authorityName)
{
    private static readonly ResourceManager Words = new("TradeIdentity.Authority.Accounts.Mail.AccountMailWords", typeof(AccountMails).Assembly);

    public OutgoingMail Confirmation(Account account, string token) => Write(account, "confirm", Link("/account/confirm-email", account, token));

    public OutgoingMail Reset(Account account, string token) => Write(account, "reset", Link("/account/reset-password", account, token));

    /// <summary>To who registers an address that has an account: the page says the same as to a new one.</summary>
    public OutgoingMail AccountExists(Account account) => Write(account, "exists", Address("/sign-in"));

    // The address has a paragraph of its own: programs that show mail begin it at the left, also among Arabic.
    private OutgoingMail Write(Account account, string kind, string address)
    {
        var language = SpokenLanguages.Find(account.Language) ?? SpokenLanguages.English;
        string Word(string part) => Words.GetString($"{kind}.{part}", language.Culture) ?? throw new MissingManifestResourceException($"No words for {kind}.{part}.");
        var ask = string.Format(CultureInfo.InvariantCulture, Word("ask"), Isolated.In(language, Authority(language.Code)));
        return new OutgoingMail(account.Email, account.Name.ToString(), Word("subject"), $"{ask}\n\n{address}\n\n{Word("end")}\n");
    }

    private string Authority(string language) => authorityName.TryGetValue(language, out var name) ? name : authorityName.GetValueOrDefault("en", "TradeIdentity");

    private string Link(string path, Account account, string token) => Address($"{path}?account={account.Id}&token={Uri.EscapeDataString(token)}");

    // The authority can live below a path of its host.
    private string Address(string path) => baseUrl.AbsoluteUri.TrimEnd('/') + path;
}
