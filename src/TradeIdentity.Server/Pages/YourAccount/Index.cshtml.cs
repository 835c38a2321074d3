using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Notices;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.YourAccount;

/// <summary>The account at a glance: who, for whom, how one signs in, and where it is used.</summary>
public sealed class IndexModel(SignedInAccount person, UserManager<Account> accounts, Memberships memberships, NoticeReader notices) : PageModel
{
    /// <summary>Of the entities; a broker has hundreds.</summary>
    public const int MostShown = 10;

    public Account Account { get; private set; } = null!;

    public IReadOnlyList<Membership> Memberships { get; private set; } = [];

    public int Passkeys { get; private set; }

    /// <summary>At most <see cref="NoticeReader.MostCounted"/>.</summary>
    public int NewNotices { get; private set; }

    public async Task OnGetAsync()
    {
        Account = await person.RequireAsync();
        Memberships = await memberships.OfAccountAsync(Account.Id, HttpContext.RequestAborted);
        Passkeys = (await accounts.GetPasskeysAsync(Account)).Count;
        NewNotices = await notices.CountNewAsync(Account.Id, (await person.ActingForAsync(HttpContext.RequestAborted))?.Tin, HttpContext.RequestAborted);
    }
}
