using Microsoft.AspNetCore;
using OpenIddict.Abstractions;
using OpenIddict.Validation;

namespace TradeIdentity.Server.OpenId;

/// <summary>Metadata of an endpoint: the scope that its access token must carry, or another in its place.</summary>
public sealed record RequiredScope(string Scope, string? Or = null)
{
    /// <summary>Says which scope is missing, as RFC 6750 §3.1 writes it, in place of the engine's own error code.</summary>
    internal static void Register(OpenIddictValidationBuilder validation) =>
        validation.AddEventHandler<OpenIddictValidationEvents.ProcessChallengeContext>(handler => handler
            .UseInlineHandler(context =>
            {
                var required = context.Transaction.GetHttpRequest()?.HttpContext.GetEndpoint()?.Metadata.GetMetadata<RequiredScope>();
                var authentication = context.Transaction.GetProperty<OpenIddictValidationEvents.ProcessAuthenticationContext>(
                    typeof(OpenIddictValidationEvents.ProcessAuthenticationContext).FullName!);
                if (required is not null && authentication?.Error is null)
                {
                    context.Response.Error = OpenIddictConstants.Errors.InsufficientScope;
                    context.Response.ErrorDescription = "The access token does not carry the scope that is needed.";
                    context.Response.Scope = required.Scope;
                }

                return default;
            })
            .SetOrder(OpenIddictValidationHandlers.AttachDefaultChallengeError.Descriptor.Order - 250));
}
