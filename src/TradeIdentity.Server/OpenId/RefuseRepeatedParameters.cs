using Microsoft.AspNetCore;
using Microsoft.Extensions.Primitives;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Server.AspNetCore.OpenIddictServerAspNetCoreHandlers;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace TradeIdentity.Server.OpenId;

/// <summary>
/// RFC 6749 §3.1, §3.2: a parameter must not come twice. The engine makes an array of it, and where it asks for one value finds
/// none: a scope given twice would be no scope at all.
/// </summary>
internal static class RefuseRepeatedParameters
{
    public static void Register(OpenIddictServerBuilder server)
    {
        server.AddEventHandler<ExtractAuthorizationRequestContext>(handler => Refuse(handler, ExtractGetOrPostRequest<ExtractAuthorizationRequestContext>.Descriptor.Order));
        server.AddEventHandler<ExtractPushedAuthorizationRequestContext>(handler => Refuse(handler, ExtractPostRequest<ExtractPushedAuthorizationRequestContext>.Descriptor.Order));
        server.AddEventHandler<ExtractTokenRequestContext>(handler => Refuse(handler, ExtractPostRequest<ExtractTokenRequestContext>.Descriptor.Order));
        server.AddEventHandler<ExtractIntrospectionRequestContext>(handler => Refuse(handler, ExtractGetOrPostRequest<ExtractIntrospectionRequestContext>.Descriptor.Order));
        server.AddEventHandler<ExtractRevocationRequestContext>(handler => Refuse(handler, ExtractPostRequest<ExtractRevocationRequestContext>.Descriptor.Order));
    }

    private static void Refuse<TContext>(OpenIddictServerHandlerDescriptor.Builder<TContext> handler, int extracted)
        where TContext : BaseValidatingContext =>
        handler.UseInlineHandler(async context =>
        {
            // The form was read before: this is the same object again.
            IEnumerable<KeyValuePair<string, StringValues>> parameters = context.Transaction.GetHttpRequest() switch
            {
                { HasFormContentType: true } request when HttpMethods.IsPost(request.Method) => await request.ReadFormAsync(context.CancellationToken),
                { } request => request.Query,
                null => [],
            };
            if (parameters.Any(parameter => parameter.Value.Count > 1 && !MayRepeat(parameter.Key)))
            {
                context.Reject(OpenIddictConstants.Errors.InvalidRequest, "A parameter was given more than once.");
            }
        }).SetOrder(extracted + 250);

    // RFC 8707 §2, RFC 8693 §2.1.
    private static bool MayRepeat(string name) => name is OpenIddictConstants.Parameters.Resource or OpenIddictConstants.Parameters.Audience;
}
