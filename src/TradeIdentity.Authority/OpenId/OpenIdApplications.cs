using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using OpenIddict.Core;

namespace TradeIdentity.Authority.OpenId;

/// <summary>The engine's view of clients, with secrets kept by <see cref="ClientSecrets"/> in place of its own hash.</summary>
public sealed class OpenIdApplications(
    IOpenIddictApplicationCache<OpenIdApplication> cache,
    ILogger<OpenIddictApplicationManager<OpenIdApplication>> logger,
    IOptionsMonitor<OpenIddictCoreOptions> options,
    IOpenIddictApplicationStore<OpenIdApplication> store)
    : OpenIddictApplicationManager<OpenIdApplication>(cache, logger, options, store)
{
    protected override ValueTask<string> ObfuscateClientSecretAsync(string secret, CancellationToken cancellationToken = default) =>
        new(ClientSecrets.Obfuscate(secret));

    protected override ValueTask<bool> ValidateClientSecretAsync(string secret, string comparand, CancellationToken cancellationToken = default) =>
        ClientSecrets.MatchesAsync(secret, comparand, cancellationToken);
}
