using System.Text.Json.Nodes;

namespace TradeIdentity.Authority.OpenId.Registration;

/// <summary>A client as it is answered to whoever registered or asked for it (RFC 7591 §3.2.1, RFC 7592 §3).</summary>
/// <param name="ClientId">Its id.</param>
/// <param name="Metadata">All that is registered, with the secret where it was just made; no address of this server.</param>
/// <param name="RegistrationAccessToken">The token that manages it from now on.</param>
public sealed record RegisteredClient(string ClientId, JsonObject Metadata, string RegistrationAccessToken);
