using Microsoft.AspNetCore.Identity;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Accounts.Sessions;
using TradeIdentity.Authority.Aeo;

namespace TradeIdentity.Server.Site;

/// <summary>The AEO officer or approver whose session the request belongs to, with the roles of now, read once.</summary>
public sealed class SignedInOfficer(CurrentSession current, AeoOfficers officers, UserManager<Account> accounts)
{
    private readonly Dictionary<string, string> _names = [];
    private AeoOfficer? _officer;

    /// <summary>Null where nobody is signed in, who is signed in is no officer, or has shown one factor.</summary>
    public async Task<AeoOfficer?> FindAsync(CancellationToken cancellationToken)
    {
        if (_officer is null && current.Session is { SecondFactorRequired: false } session
            && await officers.OfAccountAsync(session.AccountId, cancellationToken) is { } found && (found.MayPropose || found.MayApprove))
        {
            _officer = found;
        }

        return _officer;
    }

    /// <exception cref="InvalidOperationException">The page is not one of officers.</exception>
    public AeoOfficer Required => _officer ?? throw new InvalidOperationException("The page lacks its filter.");

    /// <summary>The name of who took a step: a person's, or the id of a system.</summary>
    public async Task<string> NameAsync(string id)
    {
        if (!_names.TryGetValue(id, out var name))
        {
            name = await accounts.FindByIdAsync(id) is { } account ? account.Name.ToString() is { Length: > 0 } full ? full : account.Email : id;
            _names[id] = name;
        }

        return name;
    }
}
