using System.Security.Claims;
using TradeIdentity.Authority;
using TradeIdentity.Server.OpenId;

namespace TradeIdentity.Server.Api;

/// <summary>
/// Whose token it takes. With one that was exchanged (RFC 8693) a system reads the register in the name of its subject; whatever is
/// done here, or is for the eyes of one person, takes a token of one's own: a system that was handed a token is not who signed in.
/// </summary>
internal static class OwnToken
{
    /// <summary>Goes before every endpoint: which it is for, the scope that the endpoint asks says.</summary>
    internal static async ValueTask<object?> RequireAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        return http.GetEndpoint()?.Metadata.GetMetadata<RequiredScope>() is { } required && !ApiScopes.OfDelegates.Contains(required.Scope) && Actor.IsExchanged(http.User)
            ? Problems.From(new Refusal("own_token_required", "A token that was exchanged reads the register and does nothing else: use one of your own."))
            : await next(context);
    }

    /// <summary>The person who signed in. A client is none: nobody knows who has its secret.</summary>
    internal static Outcome<string> OfAdministrator(ClaimsPrincipal principal) => Actor.IsClient(principal)
        ? new Refusal("administrator_required", "Only an administrator who is signed in does this, not a system.")
        : Actor.Of(principal);
}
