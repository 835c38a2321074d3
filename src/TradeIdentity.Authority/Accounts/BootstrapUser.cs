using System.Collections.Immutable;
using Microsoft.AspNetCore.Identity;
using TradeIdentity.Authority.OpenId;

namespace TradeIdentity.Authority.Accounts;

/// <summary>
/// Brings one account to what the configuration says: it exists, its address counts as confirmed, it has these roles and no
/// others. The password is for the account's making alone: what its owner changed later stays.
/// </summary>
public sealed class BootstrapUser(UserManager<Account> accounts)
{
    // Instances that start together race for the same account; the loser looks again and finds it done.
    private const int Attempts = 5;

    public async Task<Outcome<BootstrapChange>> ExecuteAsync(string email, string? password, IReadOnlyCollection<string> roles)
    {
        IdentityResult result;
        var attempt = 0;
        do
        {
            var account = await accounts.FindByEmailAsync(email);
            if (account is null && password is null)
            {
                return new Refusal("account_password_missing", $"{email} has no account yet: give the Password that it begins with.");
            }

            if (account is { EmailConfirmed: true } && account.Roles.SetEquals(roles))
            {
                return BootstrapChange.Unchanged;
            }

            result = account is null ? await CreateAsync(email, password!, roles) : await UpdateAsync(account, roles);
            if (result.Succeeded)
            {
                return account is null ? BootstrapChange.Created : BootstrapChange.Updated;
            }
        }
        while (++attempt < Attempts && result.Errors.Any(error => error.Code is nameof(IdentityErrorDescriber.ConcurrencyFailure) or nameof(IdentityErrorDescriber.DuplicateEmail)));

        return new Refusal("account_invalid", string.Join(' ', result.Errors.Select(error => error.Description)));
    }

    private Task<IdentityResult> CreateAsync(string email, string password, IReadOnlyCollection<string> roles) =>
        accounts.CreateAsync(new Account { Id = Account.NewId(), Email = email, EmailConfirmed = true, Roles = [.. roles] }, password);

    private Task<IdentityResult> UpdateAsync(Account account, IReadOnlyCollection<string> roles)
    {
        account.EmailConfirmed = true;
        account.Roles = roles.ToImmutableSortedSet();
        return accounts.UpdateAsync(account);
    }
}
