using Microsoft.AspNetCore;

namespace TradeIdentity.Server.OpenId;

/// <summary>The error that the engine has for the person in front of the browser, since no client may be told.</summary>
/// <param name="Code">As OAuth registers it, e.g. <c>invalid_request</c>.</param>
/// <param name="Description">For the client's developer, in English; null where the engine says no more.</param>
internal sealed record EngineError(string Code, string? Description)
{
    internal static EngineError? Of(HttpContext context) =>
        context.GetOpenIddictServerResponse() is { Error: { } code } response ? new EngineError(code, response.ErrorDescription) : null;
}
