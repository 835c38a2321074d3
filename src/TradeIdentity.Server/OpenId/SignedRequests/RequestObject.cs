using OpenIddict.Abstractions;
using OpenIddict.Server;

namespace TradeIdentity.Server.OpenId.SignedRequests;

/// <summary>A request object (RFC 9101 §4) whose signature and claims were found good.</summary>
/// <param name="ClientId">Who signed it.</param>
/// <param name="Parameters">The authorization request that it is; nothing that stood beside it.</param>
/// <param name="OneTime">What lets it be used once: its <c>jti</c>, or where it has none the digest of what was signed.</param>
/// <param name="Until">The last moment at which it is accepted.</param>
internal sealed record RequestObject(string ClientId, OpenIddictRequest Parameters, string OneTime, DateTimeOffset Until)
{
    /// <summary>That of this request; null where it came without.</summary>
    internal static RequestObject? Of(OpenIddictServerTransaction transaction) => transaction.GetProperty<RequestObject>(typeof(RequestObject).FullName!);

    internal void KeepIn(OpenIddictServerTransaction transaction) => transaction.SetProperty(typeof(RequestObject).FullName!, this);
}
