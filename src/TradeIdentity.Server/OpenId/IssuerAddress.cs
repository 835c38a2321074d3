using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using TradeIdentity.Authority.Configuration;

namespace TradeIdentity.Server.OpenId;

/// <summary>
/// <c>Issuer:BaseUrl</c>, written the same everywhere. .NET writes a bare origin with a trailing slash, and clients compare
/// the issuer character by character (RFC 8414 §3.3, RFC 9207 §2.4), so it is written as it was configured.
/// </summary>
public sealed class IssuerAddress
{
    private IssuerAddress(Uri uri, string text) => (Uri, Text) = (uri, text);

    public Uri Uri { get; }

    /// <summary>Without a trailing slash: the <c>iss</c> and <c>aud</c> of tokens.</summary>
    public string Text { get; }

    public static IssuerAddress Read(IConfiguration configuration, IHostEnvironment environment)
    {
        var text = (configuration["Issuer:BaseUrl"] ?? "").TrimEnd('/');
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Query.Length > 0 || uri.Fragment.Length > 0 || uri.UserInfo.Length > 0
            || (uri.Scheme != Uri.UriSchemeHttps && !(uri.Scheme == Uri.UriSchemeHttp && environment.IsDevelopment())))
        {
            throw new OptionsValidationException("Issuer", typeof(IssuerOptions),
                [$"Issuer:BaseUrl is '{text}'; it must be an absolute https address without query or fragment (http only in Development)."]);
        }

        return new IssuerAddress(uri, text);
    }

    /// <summary>
    /// The addresses of one endpoint: the first is what the discovery document says, whatever Host a request names (a cache
    /// must not be poisoned by it); the second matches requests that arrive under another name.
    /// </summary>
    internal string[] Advertise(string path) => [$"{Text}/{path}", path];

    internal void Register(OpenIddictServerBuilder server)
    {
        server.AddEventHandler<OpenIddictServerEvents.GenerateTokenContext>(handler => handler
            .UseInlineHandler(context =>
            {
                context.Principal.SetClaim(OpenIddictConstants.Claims.Private.Issuer, Text);
                return default;
            })
            .SetOrder(OpenIddictServerHandlers.Protection.AttachTokenMetadata.Descriptor.Order - 500));
        server.AddEventHandler<OpenIddictServerEvents.ApplyConfigurationResponseContext>(handler => handler
            .UseInlineHandler(context =>
            {
                if (context.Response.Error is null)
                {
                    context.Response[OpenIddictConstants.Metadata.Issuer] = Text;
                }

                return default;
            })
            .SetOrder(int.MinValue));
        server.AddEventHandler<OpenIddictServerEvents.ApplyAuthorizationResponseContext>(handler => handler
            .UseInlineHandler(context =>
            {
                // RFC 9207 §2; the engine adds its own form where there is none.
                context.Response.Iss = string.IsNullOrEmpty(context.RedirectUri) ? null : Text;
                return default;
            })
            .SetOrder(OpenIddictServerHandlers.Authentication.AttachIssuer.Descriptor.Order - 500));
        server.AddEventHandler<OpenIddictServerEvents.ApplyIntrospectionResponseContext>(handler => handler
            .UseInlineHandler(context =>
            {
                if (context.Response.HasParameter(OpenIddictConstants.Claims.Subject))
                {
                    context.Response[OpenIddictConstants.Claims.Issuer] = Text;
                }

                return default;
            })
            .SetOrder(int.MinValue));
        server.AddEventHandler<OpenIddictServerEvents.ApplyUserInfoResponseContext>(handler => handler
            .UseInlineHandler(context =>
            {
                // OpenID Connect Core §5.3.2.
                if (context.Response.Error is null)
                {
                    context.Response[OpenIddictConstants.Claims.Issuer] = Text;
                }

                return default;
            })
            .SetOrder(int.MinValue));
    }
}
