using System.Text;
using Microsoft.AspNetCore;
using TradeIdentity.Authority.Accounts;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace TradeIdentity.Server.OpenId.Limits;

/// <summary>
/// Limits what one network address asks of the protocol endpoints, and most of all what is refused to it. Goes before the
/// engine: a request over a limit costs no more than looking. What a client or an account may is <see cref="LimitKnown"/>'s.
/// </summary>
internal sealed class LimitRequests(RequestDelegate next, SharedCounts counts, ProtocolLimits limits)
{
    // Steps of a protocol that goes well.
    private static readonly HashSet<string> ExpectedErrors = ["use_dpop_nonce", Errors.AuthorizationPending, Errors.SlowDown];

    public async Task InvokeAsync(HttpContext context)
    {
        var path = context.Request.Path;
        if (!ProtocolEndpoint.IsAny(path))
        {
            await next(context);
            return;
        }

        var address = RateLimits.KeyOf(context.Connection.RemoteIpAddress);
        var wait = counts.Take(limits.Address, address);
        if (ProtocolEndpoint.IsOpen(path))
        {
            wait = Math.Max(wait, counts.Take(limits.AddressOpen, address));
        }

        if (ProtocolEndpoint.IsForBrowsers(path))
        {
            // What fails here is told to people, or counted where it is a guess.
            await (wait > 0 ? OverLimit.AnswerAsync(context, wait).AsTask() : next(context));
            return;
        }

        // Kept apart for each client named, so that one that fails does not stop its neighbours behind the same address.
        var failing = $"{address} {await NamedClientAsync(context.Request)}";
        wait = Math.Max(wait, Math.Max(counts.WaitFor(limits.AddressFailures, address), counts.WaitFor(limits.ClientFailures, failing)));
        if (wait > 0)
        {
            await OverLimit.AnswerAsync(context, wait);
            return;
        }

        await next(context);
        if (HasFailed(context))
        {
            counts.Count(limits.AddressFailures, address);
            counts.Count(limits.ClientFailures, failing);
        }
    }

    private static bool HasFailed(HttpContext context) =>
        context.GetOpenIddictServerResponse() is { } answer
            ? answer.Error is { } error && !ExpectedErrors.Contains(error)
            : ProtocolEndpoint.IsRegistration(context.Request.Path) && context.Response.StatusCode is >= 400 and not StatusCodes.Status429TooManyRequests;

    // As it says, and not proven: a name for counting alone.
    private static async Task<string> NamedClientAsync(HttpRequest request)
    {
        if (request.HasFormContentType && (await request.ReadFormAsync(request.HttpContext.RequestAborted))["client_id"] is [{ Length: > 0 } named])
        {
            return named;
        }

        if (request.Headers.Authorization is [{ } header] && header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase) && header.Length < 4096)
        {
            var credentials = new byte[header.Length];
            if (Convert.TryFromBase64String(header["Basic ".Length..].Trim(), credentials, out var length))
            {
                // RFC 6749 §2.3.1: the id is form-encoded.
                return Uri.UnescapeDataString(Encoding.UTF8.GetString(credentials, 0, length).Split(':')[0]);
            }
        }

        return "";
    }
}
