using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;
using OpenIddict.Abstractions;
using TradeIdentity.Authority.OpenId;

namespace TradeIdentity.Server.OpenId.Logout;

/// <summary>
/// OpenID Connect Front-Channel Logout 1.0: the browser that signed out loads a page of each client of its session. Which page does
/// that for whom rides in its address, sealed: nobody else can have this server frame a client, or send a person on.
/// </summary>
public sealed class TellByBrowser(
    SessionClients sessions, IOpenIddictApplicationManager applications, IssuerAddress issuer, IDataProtectionProvider protection, TimeProvider time)
{
    private const string Page = "/signed-out";

    // Each is a page that a browser loads at once, and an origin in a header.
    private const int MostClients = 20;

    // With the address to go on to, which holds an ID token, the ticket must fit into an address.
    private const int LongestClients = 1024;
    private const int LongestTicket = 12 * 1024;

    private static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    private readonly IDataProtector _protector = protection.CreateProtector("TradeIdentity.OpenId.SignedOut.v1");

    /// <summary>Those that are to be told of the end of the session. Asked before it ends: then they are forgotten.</summary>
    public async Task<IReadOnlyList<string>> WhoAsync(string sid, CancellationToken cancellationToken)
    {
        var clients = new List<string>();
        var length = 0;
        foreach (var clientId in await sessions.ListAsync(sid, cancellationToken))
        {
            if (clients.Count < MostClients && length + clientId.Length <= LongestClients
                && await FindAsync(clientId, cancellationToken) is { FrontchannelLogoutUri: not null })
            {
                clients.Add(clientId);
                length += clientId.Length;
            }
        }

        return clients;
    }

    /// <summary>The page that tells <paramref name="clients"/>; null where there is none to tell.</summary>
    /// <param name="sid">The session that ended.</param>
    /// <param name="clients">As <see cref="WhoAsync"/> found them.</param>
    /// <param name="next">Where the person goes on to, on this server; null where the page is the end.</param>
    public string? PageFor(string sid, IReadOnlyList<string> clients, string? next)
    {
        ArgumentNullException.ThrowIfNull(clients);
        if (clients.Count == 0)
        {
            return null;
        }

        var ticket = new SignedOutTicket(sid, clients, next, time.GetUtcNow().ToUnixTimeSeconds());
        return QueryHelpers.AddQueryString(Page, "ticket", WebEncoders.Base64UrlEncode(_protector.Protect(JsonSerializer.SerializeToUtf8Bytes(ticket, LogoutJson.Default.SignedOutTicket))));
    }

    /// <summary>What the page shows; null where the ticket is not of this server or is too old.</summary>
    public async Task<SignedOutNotice?> OpenAsync(string? ticket, CancellationToken cancellationToken)
    {
        if (Unseal(ticket) is not { } opened)
        {
            return null;
        }

        var frames = new List<LogoutFrame>();
        foreach (var clientId in opened.Clients)
        {
            if (await FindAsync(clientId, cancellationToken) is { FrontchannelLogoutUri: { } address } client)
            {
                frames.Add(new LogoutFrame(client.Name(CultureInfo.CurrentUICulture), AddressOf(address, opened.Sid)));
            }
        }

        return new SignedOutNotice(frames, opened.Next);
    }

    private SignedOutTicket? Unseal(string? ticket)
    {
        if (ticket is not { Length: > 0 and <= LongestTicket })
        {
            return null;
        }

        try
        {
            var opened = JsonSerializer.Deserialize(_protector.Unprotect(WebEncoders.Base64UrlDecode(ticket)), LogoutJson.Default.SignedOutTicket);
            var age = time.GetUtcNow().ToUnixTimeSeconds() - (opened?.At ?? 0);
            return age >= 0 && age <= Life.TotalSeconds ? opened : null;
        }
        catch (Exception foreign) when (foreign is CryptographicException or FormatException or JsonException)
        {
            return null;
        }
    }

    // §2: both, or neither; a client that needs none ignores them.
    private Uri AddressOf(Uri address, string sid) =>
        new(QueryHelpers.AddQueryString(address.OriginalString, new Dictionary<string, string?> { ["iss"] = issuer.Text, ["sid"] = sid }));

    private async Task<ClientMetadata?> FindAsync(string clientId, CancellationToken cancellationToken) =>
        await applications.FindByClientIdAsync(clientId, cancellationToken) is { } application ? ClientMetadata.Of(application) : null;
}
