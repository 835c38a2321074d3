using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Accounts.Sessions;

namespace TradeIdentity.Server.Site;

/// <summary>The registrar whose session the request belongs to. Acts ask for the role again.</summary>
public sealed class SignedInRegistrar(CurrentSession current, SignedInAccount person)
{
    /// <summary>Null where nobody is signed in, who is signed in is no registrar, or has shown one factor.</summary>
    public async Task<Account?> FindAsync() =>
        current.Session is { SecondFactorRequired: false } && await person.FindAsync() is { DisabledAt: null } account && account.Roles.Contains(AccountRoles.Registrar) ? account : null;
}
