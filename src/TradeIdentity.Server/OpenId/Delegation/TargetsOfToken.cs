using OpenIddict.Abstractions;
using OpenIddict.Server;
using TradeIdentity.Authority.OpenId;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace TradeIdentity.Server.OpenId.Delegation;

/// <summary>
/// For whom a token is asked (RFC 8707 §2, RFC 8693 §2.1): this server, or what the configuration permits the client. The
/// engine knows one list for all clients; here each has its own. Tokens of a person's own grant are for this server alone.
/// </summary>
internal sealed class TargetsOfToken(IOpenIddictApplicationManager applications, IssuerAddress issuer)
    : IOpenIddictServerHandler<ValidateAuthorizationRequestContext>,
        IOpenIddictServerHandler<ValidatePushedAuthorizationRequestContext>,
        IOpenIddictServerHandler<ValidateTokenRequestContext>
{
    // A token for everyone is a token for nobody.
    private const int Most = 10;

    public static void Register(OpenIddictServerBuilder server)
    {
        server.DisableResourceValidation().IgnoreResourcePermissions().DisableAudienceValidation().IgnoreAudiencePermissions();
        server.AddEventHandler<ValidateAuthorizationRequestContext>(handler => handler.UseScopedHandler<TargetsOfToken>()
            .SetOrder(OpenIddictServerHandlers.Authentication.ValidateResourcePermissions.Descriptor.Order + 250));
        server.AddEventHandler<ValidatePushedAuthorizationRequestContext>(handler => handler.UseScopedHandler<TargetsOfToken>()
            .SetOrder(OpenIddictServerHandlers.Authentication.ValidatePushedResourcePermissions.Descriptor.Order + 250));
        server.AddEventHandler<ValidateTokenRequestContext>(handler => handler.UseScopedHandler<TargetsOfToken>()
            .SetOrder(OpenIddictServerHandlers.Exchange.ValidateResourcePermissions.Descriptor.Order + 250));
    }

    public ValueTask HandleAsync(ValidateAuthorizationRequestContext context)
    {
        RefuseOthers(context, context.Request);
        return default;
    }

    public ValueTask HandleAsync(ValidatePushedAuthorizationRequestContext context)
    {
        RefuseOthers(context, context.Request);
        return default;
    }

    public async ValueTask HandleAsync(ValidateTokenRequestContext context)
    {
        var targets = Asked(context.Request);
        if (targets.Count == 0)
        {
            return;
        }

        // Without authentication a client is not told what another is permitted.
        if (!context.Request.IsClientCredentialsGrantType() && !context.Request.IsTokenExchangeGrantType() || context.ClientId is not { } clientId
            || await applications.FindByClientIdAsync(clientId, context.CancellationToken) is not { } application)
        {
            RefuseOthers(context, context.Request);
            return;
        }

        var permitted = ClientMetadata.Of(application).Resources.Append(issuer.Text).ToHashSet(StringComparer.Ordinal);
        if (targets.Count > Most || !targets.All(permitted.Contains))
        {
            Refuse(context);
        }
    }

    /// <summary>The resources and audiences of the request; this server, with a slash at its end or without, is its issuer.</summary>
    internal IReadOnlySet<string> Asked(OpenIddictRequest request) =>
        request.GetResources().Concat(request.GetAudiences()).Select(target => target == issuer.Text + "/" ? issuer.Text : target).ToHashSet(StringComparer.Ordinal);

    private void RefuseOthers(BaseValidatingContext context, OpenIddictRequest request)
    {
        if (Asked(request).Any(target => target != issuer.Text))
        {
            Refuse(context);
        }
    }

    private static void Refuse(BaseValidatingContext context) =>
        context.Reject(Errors.InvalidTarget, "The resource is not one that this client may ask a token for.");
}
