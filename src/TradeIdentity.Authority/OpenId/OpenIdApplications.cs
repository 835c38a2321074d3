using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Core;
using TradeIdentity.Authority.OpenId.Registration;

namespace TradeIdentity.Authority.OpenId;

/// <summary>The engine's view of clients, with secrets kept by <see cref="ClientSecrets"/> in place of its own hash.</summary>
public sealed class OpenIdApplications(
    IOpenIddictApplicationCache<OpenIdApplication> cache,
    ILogger<OpenIddictApplicationManager<OpenIdApplication>> logger,
    IOptionsMonitor<OpenIddictCoreOptions> options,
    IOpenIddictApplicationStore<OpenIdApplication> store,
    ClientKeys keys)
    : OpenIddictApplicationManager<OpenIdApplication>(cache, logger, options, store)
{
    protected override ValueTask<string> ObfuscateClientSecretAsync(string secret, CancellationToken cancellationToken = default) =>
        new(ClientSecrets.Obfuscate(secret));

    protected override ValueTask<bool> ValidateClientSecretAsync(string secret, string comparand, CancellationToken cancellationToken = default) =>
        ClientSecrets.MatchesAsync(secret, comparand, cancellationToken);

    /// <summary>Also those at the client's <c>jwks_uri</c>, which the engine does not know.</summary>
    public override ValueTask<JsonWebKeySet?> GetJsonWebKeySetAsync(OpenIdApplication application, CancellationToken cancellationToken = default) =>
        keys.OfAsync(application, kid: null, cancellationToken);

    /// <summary>As the engine, which does not know that a client's keys can be at its <c>jwks_uri</c>, its certificate be named by its subject, or its instances be attested.</summary>
    public override IAsyncEnumerable<ValidationResult> ValidateAsync(OpenIdApplication application, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(application);
        var results = base.ValidateAsync(application, cancellationToken);
        return application.Settings.ContainsKey(ClientMetadataNames.JwksUri) || ClientMetadata.Of(application).TokenEndpointAuthMethod is ClientAuthentication.TlsClientAuth or ClientAuthentication.AttestJwtClientAuth
            ? results.Where(result => result.ErrorMessage != OpenIddictResources.GetResourceString(OpenIddictResources.ID2113))
            : results;
    }
}
