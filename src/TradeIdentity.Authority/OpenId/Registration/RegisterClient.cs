using System.Globalization;
using System.Security.Cryptography;
using OpenIddict.Core;

namespace TradeIdentity.Authority.OpenId.Registration;

/// <summary>
/// Registers a client that describes itself (RFC 7591), under an initial access token that someone was given for it. The
/// secret and the token that manages the registration are shown in the answer, and never again.
/// </summary>
public sealed class RegisterClient(
    OpenIddictApplicationManager<OpenIdApplication> applications,
    OpenIddict.Abstractions.IOpenIddictApplicationStore<OpenIdApplication> store,
    InitialAccessTokens tokens,
    SoftwareStatements statements,
    CheckSectorIdentifier sector,
    TimeProvider time)
{
    /// <param name="initialAccessToken">As it came.</param>
    /// <param name="body">The client's metadata, JSON.</param>
    /// <param name="terms">What this server can do; the token's scopes are added.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>
    /// Refused with <c>invalid_token</c>, <c>too_many_requests</c>, or an error of RFC 7591 §3.2.2.
    /// </returns>
    public async Task<Outcome<RegisteredClient>> ExecuteAsync(
        string? initialAccessToken, ReadOnlyMemory<byte> body, ClientTerms terms, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(terms);
        if (!(await tokens.TryAsync(initialAccessToken, cancellationToken)).TryGet(out var initial, out var refusal)
            || !(await statements.ApplyAsync(body)).TryGet(out var document, out refusal)
            || !ReadClientMetadata.Execute(document, terms with { Scopes = terms.Scopes.Union(initial.Scopes).ToHashSet(StringComparer.Ordinal) }).TryGet(out var client, out refusal))
        {
            return refusal;
        }

        if (await sector.ExecuteAsync(client, cancellationToken) is { } wrongSector)
        {
            return wrongSector;
        }

        if (!await tokens.SpendAsync(initial.Id, cancellationToken))
        {
            return new Refusal("invalid_token", "The initial access token is unknown, used up or expired.");
        }

        client.ClientId = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        client.Settings[ClientMetadataNames.ClientIdIssuedAt] = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var registrationToken = RegistrationAccess.Renew(client);
        var secret = ClientAuthentication.NeedsSecret(client.Settings.GetValueOrDefault(ClientMetadataNames.TokenEndpointAuthMethod)) ? ClientSecrets.Generate() : null;

        var application = await store.InstantiateAsync(cancellationToken);
        await applications.PopulateAsync(application, client, cancellationToken);
        application.ChangedBy = InitialAccessTokens.Subject(initial.Id);
        await applications.CreateAsync(application, secret, cancellationToken);
        return RegistrationAccess.Answer(application, secret, registrationToken);
    }
}
