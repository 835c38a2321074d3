using Microsoft.AspNetCore;
using OpenIddict.Server;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Server.OpenId.Limits;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace TradeIdentity.Server.OpenId.Device;

/// <summary>Bounds the guessing of user codes (RFC 8628 §5.1), and tells a device that asks too often to slow down (§3.5).</summary>
internal sealed class LimitDeviceRequests(RateLimits limits) :
    IOpenIddictServerHandler<OpenIddictServerEvents.ValidateEndUserVerificationRequestContext>,
    IOpenIddictServerHandler<OpenIddictServerEvents.ApplyTokenResponseContext>
{
    // A person who mistypes, and passes the pages, comes here a few times; a guesser needs millions.
    private static readonly RateLimit Verification = new("device-verification", 60, TimeSpan.FromMinutes(10));

    // The interval of §3.2 is five seconds; one less forgives a device's clock.
    private static readonly RateLimit Poll = new("device-poll", 1, TimeSpan.FromSeconds(4));

    public static void Register(OpenIddictServerBuilder server)
    {
        server.AddEventHandler<OpenIddictServerEvents.ValidateEndUserVerificationRequestContext>(handler => handler
            .UseScopedHandler<LimitDeviceRequests>().SetOrder(int.MinValue));
        server.AddEventHandler<OpenIddictServerEvents.ApplyTokenResponseContext>(handler => handler
            .UseScopedHandler<LimitDeviceRequests>().SetOrder(int.MinValue));
    }

    public async ValueTask HandleAsync(OpenIddictServerEvents.ValidateEndUserVerificationRequestContext context)
    {
        var http = context.Transaction.GetHttpRequest()!.HttpContext;
        var wait = await limits.TakeAsync([(Verification, RateLimits.KeyOf(http.Connection.RemoteIpAddress))], context.CancellationToken);
        if (wait > 0)
        {
            await OverLimit.AnswerAsync(http, wait);
            context.HandleRequest();
        }
    }

    public async ValueTask HandleAsync(OpenIddictServerEvents.ApplyTokenResponseContext context)
    {
        if (context.Response.Error == Errors.AuthorizationPending && context.Request?.DeviceCode is { } code
            && await limits.TakeAsync([(Poll, code)], context.CancellationToken) > 0)
        {
            context.Response.Error = Errors.SlowDown;
        }
    }
}
