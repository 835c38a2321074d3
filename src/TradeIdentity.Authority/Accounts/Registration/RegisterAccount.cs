using Microsoft.AspNetCore.Identity;
using TradeIdentity.Authority.Operators;

namespace TradeIdentity.Authority.Accounts.Registration;

/// <summary>
/// Opens an account for who asks, and mails a link that confirms the address. Where the address has an account, its owner is
/// told by mail, and the page sees no difference.
/// </summary>
public sealed class RegisterAccount(UserManager<Account> accounts, MailToAccount mail)
{
    /// <param name="email">The address, and the name to sign in with.</param>
    /// <param name="password">Checked by the rules for new ones.</param>
    /// <param name="name">As the person gives it.</param>
    /// <param name="language">Of the page that was used.</param>
    /// <param name="networkKey"><see cref="RateLimits.KeyOf"/> of who asks.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    public async Task<MailActAnswer> ExecuteAsync(string email, string password, PersonName name, string language, string networkKey, CancellationToken cancellationToken)
    {
        var account = new Account { Id = Account.NewId(), Email = email, Name = name, Language = language };
        if (await FaultsAsync(account, password) is { Count: > 0 } faults)
        {
            return new MailActAnswer.Invalid(faults);
        }

        if (await mail.RefuseAsync(email, networkKey, cancellationToken) is { } refused)
        {
            return refused;
        }

        var existing = await accounts.FindByEmailAsync(email);
        return existing switch
        {
            null => await CreateAsync(account, password),
            { EmailConfirmed: false, DisabledAt: null } => await BeginAgainAsync(existing, account, password),
            _ => TellOwner(existing, password),
        };
    }

    private async Task<MailActAnswer> CreateAsync(Account account, string password)
    {
        var created = await accounts.CreateAsync(account, password);
        if (created.Succeeded)
        {
            return await mail.ConfirmationAsync(account);
        }

        // Registered by another request meanwhile: that one's mail is on its way.
        return created.Errors.All(error => error.Code is nameof(IdentityErrorDescriber.DuplicateEmail) or nameof(IdentityErrorDescriber.DuplicateUserName))
            ? new MailActAnswer.Sent()
            : new MailActAnswer.Invalid([.. created.Errors.Select(error => error.Code)]);
    }

    // Who registered first may not own the address: the last password counts, and links that were mailed before are void.
    private async Task<MailActAnswer> BeginAgainAsync(Account existing, Account asked, string password)
    {
        (existing.Name, existing.Language) = (asked.Name, asked.Language);
        existing.PasswordHash = accounts.PasswordHasher.HashPassword(existing, password);
        var updated = await accounts.UpdateSecurityStampAsync(existing);
        return updated.Succeeded ? await mail.ConfirmationAsync(existing) : new MailActAnswer.Sent();
    }

    private MailActAnswer TellOwner(Account existing, string password)
    {
        // As long as it takes to open one.
        accounts.PasswordHasher.HashPassword(existing, password);
        return mail.AccountExists(existing);
    }

    private async Task<List<string>> FaultsAsync(Account account, string password)
    {
        var faults = new List<string>();
        if (!AccountAddress.IsValid(account.Email))
        {
            faults.Add(nameof(IdentityErrorDescriber.InvalidEmail));
        }

        if (!IsName(account.Name.Given) || !IsName(account.Name.Family))
        {
            faults.Add("InvalidName");
        }

        foreach (var rule in accounts.PasswordValidators)
        {
            faults.AddRange((await rule.ValidateAsync(accounts, account, password)).Errors.Select(error => error.Code));
        }

        return faults;
    }

    private static bool IsName(string part) => part.Length == 0 || PrintableText.Normalise(part, PersonName.MaxLength) == part;
}
