namespace TradeIdentity.Authority.Accounts.Mail;

/// <summary>The mails about an account, in the person's language: English, and French.</summary>
/// <param name="baseUrl">Of this authority: links lead nowhere else, whatever a request called its host.</param>
/// <param name="authorityName">Who writes, by language.</param>
public sealed class AccountMails(Uri baseUrl, IReadOnlyDictionary<string, string> authorityName)
{
    public OutgoingMail Confirmation(Account account, string token) => Write(
        account,
        "Confirm your e-mail address",
        $"An account at {Authority("en")} was opened with this address. To confirm that it is yours, open:\n\n{Link("/account/confirm-email", account, token)}\n\nThe link works for a day. If it was not you, do nothing: without this the account opens nothing.",
        "Confirmez votre adresse électronique",
        $"Un compte a été ouvert avec cette adresse auprès de : {Authority("fr")}. Pour confirmer qu'elle est à vous, ouvrez :\n\n{Link("/account/confirm-email", account, token)}\n\nLe lien vaut un jour. Si ce n'était pas vous, ne faites rien : sans cela, le compte n'ouvre rien.");

    public OutgoingMail Reset(Account account, string token) => Write(
        account,
        "Set a new password",
        $"A new password was asked for your account at {Authority("en")}. To set it, open:\n\n{Link("/account/reset-password", account, token)}\n\nThe link works for an hour, once. If it was not you, do nothing: your password stays as it is.",
        "Choisissez un nouveau mot de passe",
        $"Un nouveau mot de passe a été demandé pour votre compte auprès de : {Authority("fr")}. Pour le choisir, ouvrez :\n\n{Link("/account/reset-password", account, token)}\n\nLe lien vaut une heure, une seule fois. Si ce n'était pas vous, ne faites rien : votre mot de passe reste tel quel.");

    /// <summary>To who registers an address that has an account: the page says the same as to a new one.</summary>
    public OutgoingMail AccountExists(Account account) => Write(
        account,
        "You have an account already",
        $"Someone wanted to open an account at {Authority("en")} with this address, which has one. If it was you, sign in, or ask for a new password:\n\n{Address("/sign-in")}\n\nIf it was not you, do nothing: nothing was changed.",
        "Vous avez déjà un compte",
        $"Quelqu'un a voulu ouvrir un compte avec cette adresse auprès de : {Authority("fr")} ; elle en a un. Si c'était vous, connectez-vous ou demandez un nouveau mot de passe :\n\n{Address("/sign-in")}\n\nSi ce n'était pas vous, ne faites rien : rien n'a été changé.");

    private static OutgoingMail Write(Account account, string subject, string text, string sujet, string texte)
    {
        var french = account.Language.StartsWith("fr", StringComparison.OrdinalIgnoreCase);
        return new OutgoingMail(account.Email, account.Name.ToString(), french ? sujet : subject, (french ? texte : text) + "\n");
    }

    private string Authority(string language) => authorityName.TryGetValue(language, out var name) ? name : authorityName.GetValueOrDefault("en", "TradeIdentity");

    private string Link(string path, Account account, string token) => Address($"{path}?account={account.Id}&token={Uri.EscapeDataString(token)}");

    // The authority can live below a path of its host.
    private string Address(string path) => baseUrl.AbsoluteUri.TrimEnd('/') + path;
}
