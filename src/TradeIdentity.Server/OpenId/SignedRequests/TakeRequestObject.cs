using Microsoft.AspNetCore;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using TradeIdentity.Server.OpenId.Authorization;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace TradeIdentity.Server.OpenId.SignedRequests;

/// <summary>
/// Takes an authorization request that came signed (<c>request</c>, RFC 9101) for what its object says and nothing beside it (§6.3),
/// at the authorization endpoint and where it is pushed (RFC 9126 §3). Whatever follows finds a plain request. Nothing is ever fetched:
/// the only <c>request_uri</c> is that of a pushed request.
/// </summary>
internal sealed class TakeRequestObject(ReadRequestObject read, Interactions interactions, IOpenIddictApplicationManager applications)
    : IOpenIddictServerHandler<ExtractAuthorizationRequestContext>, IOpenIddictServerHandler<ExtractPushedAuthorizationRequestContext>
{
    // The pages carry the request in an address, and the server reads addresses of 8 KB; what is longer is pushed.
    private const int LongestInAddress = 5 * 1024;
    private const int LongestPushed = 32 * 1024;

    // RFC 9126 §2: what proves the client stands beside the object.
    private static readonly string[] Credentials =
        [OpenIddictConstants.Parameters.ClientSecret, OpenIddictConstants.Parameters.ClientAssertion, OpenIddictConstants.Parameters.ClientAssertionType];

    public static void Register(OpenIddictServerBuilder server)
    {
        server.AddEventHandler<ExtractAuthorizationRequestContext>(handler => handler.UseScopedHandler<TakeRequestObject>()
            .SetOrder(OpenIddictServerAspNetCoreHandlers.ExtractGetOrPostRequest<ExtractAuthorizationRequestContext>.Descriptor.Order + 500));
        server.AddEventHandler<ExtractPushedAuthorizationRequestContext>(handler => handler.UseScopedHandler<TakeRequestObject>()
            .SetOrder(OpenIddictServerAspNetCoreHandlers.ExtractBasicAuthenticationCredentials<ExtractPushedAuthorizationRequestContext>.Descriptor.Order + 500));
    }

    public async ValueTask HandleAsync(ExtractAuthorizationRequestContext context)
    {
        if (context.Request is not { } request || !IsSigned(request))
        {
            return;
        }

        // RFC 9101 §5.
        if (request.HasParameter(OpenIddictConstants.Parameters.RequestUri) || string.IsNullOrEmpty(request.ClientId))
        {
            context.Reject(OpenIddictConstants.Errors.InvalidRequest, "Beside 'request' there must be the same 'client_id', and no 'request_uri'.");
        }
        else if (await TakeAsync(context, request, request.ClientId, LongestInAddress, TimeOnPages(context.Transaction.GetHttpRequest()!)) is { } taken)
        {
            context.Request = taken;
        }
    }

    public async ValueTask HandleAsync(ExtractPushedAuthorizationRequestContext context)
    {
        if (context.Request is not { } request || !IsSigned(request))
        {
            return;
        }

        // An assertion names its client too, and is checked later: it must then be of the client of the object.
        var clientId = string.IsNullOrEmpty(request.ClientId) ? ReadRequestObject.StatedClient(Bounded(request, LongestPushed) ?? "") : request.ClientId;
        if (request.HasParameter(OpenIddictConstants.Parameters.RequestUri) || clientId is null)
        {
            context.Reject(OpenIddictConstants.Errors.InvalidRequest, "Beside 'request' there must be no 'request_uri', and inside it a 'client_id'.");
        }
        else if (await TakeAsync(context, request, clientId, LongestPushed, lateBy: TimeSpan.Zero) is { } taken)
        {
            foreach (var name in Credentials.Where(request.HasParameter))
            {
                taken[name] = request[name];
            }

            context.Request = taken;
        }
    }

    private async ValueTask<OpenIddictRequest?> TakeAsync(BaseValidatingContext context, OpenIddictRequest request, string clientId, int longest, TimeSpan lateBy)
    {
        if (Bounded(request, longest) is not { } text)
        {
            context.Reject(ReadRequestObject.Invalid, $"There must be one request object, of at most {longest} characters; a longer one can be pushed.");
        }
        else if (await applications.FindByClientIdAsync(clientId, context.CancellationToken) is not { } application)
        {
            context.Reject(
                context.Transaction.EndpointType == OpenIddictServerEndpointType.Authorization ? OpenIddictConstants.Errors.InvalidRequest : OpenIddictConstants.Errors.InvalidClient,
                "The client could not be found.");
        }
        else if ((await read.ExecuteAsync(text, application, lateBy, context.CancellationToken)).TryGet(out var found, out var refusal))
        {
            found.KeepIn(context.Transaction);
            return found.Parameters;
        }
        else
        {
            context.Reject(refusal.Code, refusal.Detail);
        }

        return null;
    }

    // RFC 6749 §3.1: a parameter without a value is none. One that comes twice is no text, and not nothing either.
    private static bool IsSigned(OpenIddictRequest request) =>
        request.HasParameter(OpenIddictConstants.Parameters.Request) && (string?)request[OpenIddictConstants.Parameters.Request] is not "";

    private static string? Bounded(OpenIddictRequest request, int longest) =>
        (string?)request[OpenIddictConstants.Parameters.Request] is { Length: > 0 } text && text.Length <= longest ? text : null;

    // A request that comes back from this server's pages was good when it came the first time: the sealed ticket says so.
    private TimeSpan TimeOnPages(HttpRequest http)
    {
        var raw = RawRequest.Of(http);
        return interactions.TryOpen(raw.Ticket, out var ticket) && ticket.RequestDigest == raw.Digest ? Interactions.Life : TimeSpan.Zero;
    }
}
