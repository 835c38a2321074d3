using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace TradeIdentity.Server.OpenId.ClientChoices;

/// <summary>For whom UserInfo is: the client that the access token was issued to.</summary>
internal static class UserInfoClient
{
    internal static string? IdOf(OpenIddictServerTransaction transaction) =>
        transaction.GetProperty<ProcessAuthenticationContext>(typeof(ProcessAuthenticationContext).FullName!)?.AccessTokenPrincipal?.GetPresenters() is [{ } clientId, ..] ? clientId : null;
}
