using OpenIddict.Abstractions;
using OpenIddict.Server;

namespace TradeIdentity.Server.OpenId;

/// <summary>
/// Where the engine answers with a code of its own choice, the code of RFC 6749 §5.2: a client that did not authenticate is
/// <c>invalid_client</c>, and one text for all its causes, so that nobody learns which client ids exist; a scope that a
/// client is not permitted is <c>invalid_scope</c>.
/// </summary>
internal static class NameErrorsByTheirStandard
{
    public static void Register(OpenIddictServerBuilder server) =>
        server.AddEventHandler<OpenIddictServerEvents.ProcessErrorContext>(handler => handler
            .UseInlineHandler(context =>
            {
                Rename(context);
                return default;
            })
            .SetOrder(int.MinValue));

    private static void Rename(OpenIddictServerEvents.ProcessErrorContext context)
    {
        // The engine's stable number of an error is the end of its address.
        var number = context.ErrorUri is { } address ? address[(address.LastIndexOf('/') + 1)..] : null;
        context.Error = number switch
        {
            "ID2035" or "ID2051" or "ID2065" => OpenIddictConstants.Errors.InvalidScope,
            // §6: the engine's word for more scopes at a refresh than were granted.
            "ID2052" when context.ErrorDescription?.Contains("'scope'", StringComparison.Ordinal) is true => OpenIddictConstants.Errors.InvalidScope,
            // RFC 8707 §2: also of one that is malformed.
            "ID2030" or "ID2031" when context.ErrorDescription?.Contains("'resource'", StringComparison.Ordinal) is true => OpenIddictConstants.Errors.InvalidTarget,
            "ID2057" => OpenIddictConstants.Errors.InvalidClient,
            _ => context.Error,
        };
        if (context.Error == OpenIddictConstants.Errors.InvalidClient && number is not null)
        {
            (context.ErrorDescription, context.ErrorUri) = ("The client could not be authenticated.", null);
        }
    }
}
