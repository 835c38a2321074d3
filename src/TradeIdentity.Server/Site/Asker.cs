using TradeIdentity.Server.OpenId.Authorization;

namespace TradeIdentity.Server.Site;

/// <summary>The client on whose behalf a page asks; the page's forms may then end there.</summary>
public sealed class Asker(FindAskingClient find, PageSecurity security)
{
    /// <summary>Null where the person came by themselves.</summary>
    public async Task<AskingClient?> FindAsync(string? returnUrl, CancellationToken cancellationToken)
    {
        if (!ReturnAddress.IsSafe(returnUrl) || await find.ExecuteAsync(returnUrl, cancellationToken) is not { } client)
        {
            return null;
        }

        foreach (var redirectUri in client.RedirectUris)
        {
            security.AllowFormTo(redirectUri);
        }

        return client;
    }

    /// <summary>For the page that asks before it signs out.</summary>
    public async Task AllowAfterSignOutAsync(string? returnUrl, CancellationToken cancellationToken)
    {
        if (ReturnAddress.IsSafe(returnUrl) && await find.AfterSignOutAsync(returnUrl, cancellationToken) is { } address)
        {
            security.AllowFormTo(address);
        }
    }
}
