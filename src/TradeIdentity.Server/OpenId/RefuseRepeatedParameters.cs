using Microsoft.AspNetCore;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Server.AspNetCore.OpenIddictServerAspNetCoreHandlers;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace TradeIdentity.Server.OpenId;

/// <summary>
/// RFC 6749 §3.2: a parameter must not come twice. The engine makes an array of it, and where it asks for one value finds
/// none: a scope given twice would be no scope at all.
/// </summary>
internal static class RefuseRepeatedParameters
{
    public static void Register(OpenIddictServerBuilder server)
    {
        server.AddEventHandler<ExtractTokenRequestContext>(handler => Refuse(handler, ExtractPostRequest<ExtractTokenRequestContext>.Descriptor.Order));
        server.AddEventHandler<ExtractIntrospectionRequestContext>(handler => Refuse(handler, ExtractGetOrPostRequest<ExtractIntrospectionRequestContext>.Descriptor.Order));
        server.AddEventHandler<ExtractRevocationRequestContext>(handler => Refuse(handler, ExtractPostRequest<ExtractRevocationRequestContext>.Descriptor.Order));
    }

    private static void Refuse<TContext>(OpenIddictServerHandlerDescriptor.Builder<TContext> handler, int extracted)
        where TContext : BaseValidatingContext =>
        handler.UseInlineHandler(async context =>
        {
            // The form was read before: this is the same object again.
            if (context.Transaction.GetHttpRequest() is { HasFormContentType: true } request
                && (await request.ReadFormAsync(context.CancellationToken)).Any(field => field.Value.Count > 1 && !MayRepeat(field.Key)))
            {
                context.Reject(OpenIddictConstants.Errors.InvalidRequest, "A parameter was given more than once.");
            }
        }).SetOrder(extracted + 250);

    // RFC 8707 §2, RFC 8693 §2.1.
    private static bool MayRepeat(string name) => name is OpenIddictConstants.Parameters.Resource or OpenIddictConstants.Parameters.Audience;
}
