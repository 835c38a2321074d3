using Microsoft.AspNetCore.Identity;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Accounts.Sessions;

namespace TradeIdentity.Server.Site;

/// <summary>The account whose session the request belongs to, read once.</summary>
public sealed class SignedInAccount(CurrentSession current, UserManager<Account> accounts, Memberships memberships)
{
    private Account? _account;

    public Session Session => current.Session ?? throw new InvalidOperationException("The page is for those who are signed in, and its policy does not say so.");

    public async Task<Account?> FindAsync() => _account ??= current.AccountId is { } id ? await accounts.FindByIdAsync(id) : null;

    /// <exception cref="InvalidOperationException">Nobody is signed in: the page lacks its policy.</exception>
    public async Task<Account> RequireAsync() => await FindAsync() ?? throw new InvalidOperationException("The page is for those who are signed in, and its policy does not say so.");

    /// <summary>Whether the person has one of these roles, or any where none is named, and has shown two factors.</summary>
    public async Task<bool> HasRoleAsync(params string[] roles) =>
        current.Session is { SecondFactorRequired: false }
        && await FindAsync() is { DisabledAt: null } account
        && account.Roles.Any(role => roles.Length == 0 || roles.Contains(role));

    /// <summary>The legal entity that the person acts for in this session; null for none.</summary>
    public async Task<Membership?> ActingForAsync(CancellationToken cancellationToken) =>
        current.Session is { ActingFor: { } tin } session ? await memberships.FindAsync(session.AccountId, tin, cancellationToken) : null;
}
