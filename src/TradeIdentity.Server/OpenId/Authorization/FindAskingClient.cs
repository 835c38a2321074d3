using Microsoft.AspNetCore.WebUtilities;
using OpenIddict.Abstractions;
using TradeIdentity.Authority.OpenId;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace TradeIdentity.Server.OpenId.Authorization;

/// <summary>The client of an interaction, as the pages show it.</summary>
/// <param name="Name">In the language of the request; its id where it is registered without a name.</param>
/// <param name="RedirectUris">Where the browser may be sent when all is answered.</param>
/// <param name="Policy">Its page of how it uses what it is told; null where it registered none.</param>
/// <param name="Terms">Its terms of service; null where it registered none.</param>
public sealed record AskingClient(string Name, IReadOnlyList<string> RedirectUris, Uri? Policy, Uri? Terms);

/// <summary>Answers who asks.</summary>
public sealed class FindAskingClient(Interactions interactions, IOpenIddictApplicationManager applications)
{
    /// <summary>The client that sent the person here; null where <paramref name="returnUrl"/> carries no interaction that is still good.</summary>
    public async Task<AskingClient?> ExecuteAsync(string? returnUrl, CancellationToken cancellationToken) =>
        interactions.TryRead(returnUrl, out var interaction) && await applications.FindByClientIdAsync(interaction.ClientId, cancellationToken) is { } application
            ? new AskingClient(
                await applications.GetLocalizedDisplayNameAsync(application, cancellationToken) ?? interaction.ClientId,
                await applications.GetRedirectUrisAsync(application, cancellationToken),
                ClientMetadata.Of(application).PolicyUri,
                ClientMetadata.Of(application).TosUri)
            : null;

    /// <summary>Where the end of a session leads that <paramref name="returnUrl"/> asks for; null where no client has registered that address for it.</summary>
    public async Task<string?> AfterSignOutAsync(string? returnUrl, CancellationToken cancellationToken)
    {
        var query = returnUrl?.IndexOf('?', StringComparison.Ordinal) is { } at and >= 0 ? returnUrl[at..] : "";
        if (QueryHelpers.ParseQuery(query).GetValueOrDefault(Parameters.PostLogoutRedirectUri) is not [{ Length: > 0 } address])
        {
            return null;
        }

        await foreach (var _ in applications.FindByPostLogoutRedirectUriAsync(address, cancellationToken))
        {
            return address;
        }

        return null;
    }
}
