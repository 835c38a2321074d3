using OpenIddict.Abstractions;
using OpenIddict.Server;
using TradeIdentity.Authority.OpenId;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace TradeIdentity.Server.OpenId.Delegation;

/// <summary>
/// For whom a token is asked (RFC 8707, RFC 8693 §2.1): this server, or what the configuration permits the client. The engine
/// knows one list for all clients; here each has its own. What the authorization request names is what the grant is for, and a
/// token request gets all of it or fewer (RFC 8707 §2.2).
/// </summary>
internal sealed class TargetsOfToken(IOpenIddictApplicationManager applications, IssuerAddress issuer)
    : IOpenIddictServerHandler<ValidateAuthorizationRequestContext>,
        IOpenIddictServerHandler<ValidatePushedAuthorizationRequestContext>,
        IOpenIddictServerHandler<ValidateTokenRequestContext>,
        IOpenIddictServerHandler<ProcessSignInContext>
{
    // A token for everyone is a token for nobody.
    private const int Most = 10;

    private const string AudienceProperty = "TradeIdentity.Delegation.Audience";

    public static void Register(OpenIddictServerBuilder server)
    {
        server.DisableResourceValidation().IgnoreResourcePermissions().DisableAudienceValidation().IgnoreAudiencePermissions();
        server.AddEventHandler<ValidateAuthorizationRequestContext>(handler => handler.UseScopedHandler<TargetsOfToken>()
            .SetOrder(OpenIddictServerHandlers.Authentication.ValidateResourcePermissions.Descriptor.Order + 250));
        server.AddEventHandler<ValidatePushedAuthorizationRequestContext>(handler => handler.UseScopedHandler<TargetsOfToken>()
            .SetOrder(OpenIddictServerHandlers.Authentication.ValidatePushedResourcePermissions.Descriptor.Order + 250));
        server.AddEventHandler<ValidateTokenRequestContext>(handler => handler.UseScopedHandler<TargetsOfToken>()
            .SetOrder(OpenIddictServerHandlers.Exchange.ValidateResourcePermissions.Descriptor.Order + 250));
        server.AddEventHandler<ProcessSignInContext>(handler => handler.UseScopedHandler<TargetsOfToken>()
            .SetOrder(OpenIddictServerHandlers.PrepareAccessTokenPrincipal.Descriptor.Order + 250));
    }

    public ValueTask HandleAsync(ValidateAuthorizationRequestContext context) => CheckRequestAsync(context, context.Request, context.ClientId);

    public ValueTask HandleAsync(ValidatePushedAuthorizationRequestContext context) => CheckRequestAsync(context, context.Request, context.ClientId);

    public async ValueTask HandleAsync(ValidateTokenRequestContext context)
    {
        var targets = Asked(context.Request);
        if (targets.Count == 0 || IsOfPerson(context.Request))
        {
            return;
        }

        // Without authentication a client is not told what another is permitted.
        if (!context.Request.IsClientCredentialsGrantType() && !context.Request.IsTokenExchangeGrantType() || context.ClientId is not { } clientId)
        {
            if (targets.Any(target => target != issuer.Text))
            {
                Refuse(context);
            }
        }
        else if (targets.Count > Most || !targets.IsSubsetOf(await PermittedAsync(clientId, context.CancellationToken)))
        {
            Refuse(context);
        }
    }

    /// <summary>The audience of an access token is what was asked of the grant; a refresh token beside it keeps the whole of it.</summary>
    public ValueTask HandleAsync(ProcessSignInContext context)
    {
        if (context.AccessTokenPrincipal is { } token && context.Transaction.GetProperty<IReadOnlySet<string>>(AudienceProperty) is { } audience)
        {
            token.SetAudiences(audience);
        }

        return default;
    }

    /// <summary>The resources and audiences of the request; this server, with a slash at its end or without, is its issuer.</summary>
    internal IReadOnlySet<string> Asked(OpenIddictRequest request) => request.GetResources().Concat(request.GetAudiences()).Select(Canonical).ToHashSet(StringComparer.Ordinal);

    /// <summary>
    /// Narrows the tokens of a person's grant to what the request asks of it. What the client was permitted then and is not any more
    /// is lost.
    /// </summary>
    /// <param name="transaction">Of the token request.</param>
    /// <param name="clientId">Whose request it is.</param>
    /// <param name="granted">What the grant is for.</param>
    /// <param name="cancellationToken">Cancels the look at the client.</param>
    /// <returns>False where the request asks for more, or nothing is left.</returns>
    internal async ValueTask<bool> TryNarrowAsync(OpenIddictServerTransaction transaction, string clientId, IReadOnlyCollection<string> granted, CancellationToken cancellationToken)
    {
        var asked = Asked(transaction.Request!);
        var left = granted.All(target => target == issuer.Text)
            ? granted.ToHashSet(StringComparer.Ordinal)
            : (await PermittedAsync(clientId, cancellationToken)).Intersect(granted).ToHashSet(StringComparer.Ordinal);
        if (left.Count == 0 || !asked.IsSubsetOf(left))
        {
            return false;
        }

        transaction.SetProperty(AudienceProperty, asked.Count > 0 ? asked : left);
        return true;
    }

    private static void Refuse(BaseValidatingContext context) =>
        context.Reject(Errors.InvalidTarget, "The resource is not one that this client may ask a token for.");

    private async ValueTask CheckRequestAsync(BaseValidatingContext context, OpenIddictRequest request, string? clientId)
    {
        var resources = request.GetResources().Select(Canonical).ToHashSet(StringComparer.Ordinal);
        if (resources.Count > Most
            || (resources.Any(resource => resource != issuer.Text) && (clientId is null || !resources.IsSubsetOf(await PermittedAsync(clientId, context.CancellationToken, isForPerson: true)))))
        {
            Refuse(context);
        }
    }

    private async ValueTask<HashSet<string>> PermittedAsync(string clientId, CancellationToken cancellationToken, bool isForPerson = false)
    {
        var permitted = new HashSet<string>(StringComparer.Ordinal) { issuer.Text };
        // Another resource cannot read the tokens of a client with pairwise subjects: they are encrypted, for they say who the account is.
        if (await applications.FindByClientIdAsync(clientId, cancellationToken) is { } application && ClientMetadata.Of(application) is var client && !(isForPerson && client.IsPairwise))
        {
            permitted.UnionWith(client.Resources);
        }

        return permitted;
    }

    private string Canonical(string target) => target == issuer.Text + "/" ? issuer.Text : target;

    private static bool IsOfPerson(OpenIddictRequest request) => request.IsAuthorizationCodeGrantType() || request.IsRefreshTokenGrantType() || request.IsDeviceCodeGrantType();
}
