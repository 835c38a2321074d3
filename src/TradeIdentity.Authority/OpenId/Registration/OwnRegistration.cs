using System.Text.Json;
using OpenIddict.Abstractions;
using OpenIddict.Core;
using static TradeIdentity.Authority.OpenId.ClientMetadataNames;

namespace TradeIdentity.Authority.OpenId.Registration;

/// <summary>
/// What a registered client may do with its own registration (RFC 7592): read, replace and delete it, under the token that it
/// got when it registered, which changes whenever the registration does. Clients of the configuration have no such token.
/// </summary>
public sealed class OwnRegistration(OpenIddictApplicationManager<OpenIdApplication> applications, SoftwareStatements statements, CheckSectorIdentifier sector)
{
    // RFC 7592 §2.2: what the server decides.
    private static readonly string[] NotTheClients = ["registration_access_token", "registration_client_uri", "client_secret_expires_at", ClientIdIssuedAt];

    /// <summary>Never with the secret: it is not known here.</summary>
    public async Task<Outcome<RegisteredClient>> ReadAsync(string clientId, string? token, CancellationToken cancellationToken) =>
        await FindAsync(clientId, token, cancellationToken) is { } application
            ? RegistrationAccess.Answer(application, newSecret: null, token!)
            : Unknown();

    /// <summary>
    /// Puts <paramref name="body"/> in place of all that was registered: what it leaves out is gone. A client never gains a
    /// scope of the API that it did not have.
    /// </summary>
    public async Task<Outcome<RegisteredClient>> ReplaceAsync(
        string clientId, string? token, ReadOnlyMemory<byte> body, ClientTerms terms, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(terms);
        if (await FindAsync(clientId, token, cancellationToken) is not { } application)
        {
            return Unknown();
        }

        var itsScopes = ClientMetadata.Of(application).Scopes;
        if (!(await statements.ApplyAsync(body)).TryGet(out var document, out var refusal)
            || await MistakeAsync(body, application, cancellationToken) is { } mistake && (refusal = mistake) is not null
            || !ReadClientMetadata.Execute(document, terms with { Scopes = terms.Scopes.Union(itsScopes).ToHashSet(StringComparer.Ordinal) }).TryGet(out var client, out refusal))
        {
            return refusal;
        }

        if (await sector.ExecuteAsync(client, cancellationToken) is { } wrongSector)
        {
            return wrongSector;
        }

        KeepWhatIsOurs(application, client);
        var nextToken = RegistrationAccess.Renew(client);
        var needsSecret = ClientAuthentication.NeedsSecret(client.Settings.GetValueOrDefault(TokenEndpointAuthMethod));
        var newSecret = needsSecret && application.ClientSecret is null ? ClientSecrets.Generate() : null;
        client.ClientSecret = needsSecret ? newSecret ?? application.ClientSecret : null;
        application.ChangedBy = clientId;
        try
        {
            await applications.UpdateAsync(application, client, cancellationToken);
        }
        catch (OpenIddictExceptions.ConcurrencyException)
        {
            // Another call of the same client came first, and with it the token changed.
            return Unknown();
        }

        return RegistrationAccess.Answer(application, newSecret, nextToken);
    }

    /// <summary>Deletes the client with its authorizations and tokens.</summary>
    public async Task<Outcome<string>> DeleteAsync(string clientId, string? token, CancellationToken cancellationToken)
    {
        if (await FindAsync(clientId, token, cancellationToken) is not { } application)
        {
            return Unknown();
        }

        application.ChangedBy = clientId;
        try
        {
            await applications.DeleteAsync(application, cancellationToken);
        }
        catch (OpenIddictExceptions.ConcurrencyException)
        {
            return Unknown();
        }

        return clientId;
    }

    private async Task<OpenIdApplication?> FindAsync(string clientId, string? token, CancellationToken cancellationToken)
    {
        var application = clientId.Length is > 0 and <= 2048 ? await applications.FindByClientIdAsync(clientId, cancellationToken) : null;
        return RegistrationAccess.Opens(application, token) ? application : null;
    }

    private static async Task<Refusal?> MistakeAsync(ReadOnlyMemory<byte> body, OpenIdApplication application, CancellationToken cancellationToken)
    {
        // It was read before: this is an object, in which no name comes twice.
        using var json = JsonDocument.Parse(body);
        if (NotTheClients.FirstOrDefault(name => json.RootElement.TryGetProperty(name, out _)) is { } forbidden)
        {
            return ClientMetadataDocument.Invalid($"{forbidden} is for the server to decide.");
        }

        if (!json.RootElement.TryGetProperty("client_id", out var id) || id.ValueKind != JsonValueKind.String || id.GetString() != application.ClientId)
        {
            return ClientMetadataDocument.Invalid("client_id must be that of this registration.");
        }

        // RFC 7592 §2.2: it may repeat its secret, and may not choose one.
        return json.RootElement.TryGetProperty("client_secret", out var secret)
            && !(secret.ValueKind == JsonValueKind.String && secret.GetString() is { Length: > 0 and <= 1024 } text
                && application.ClientSecret is { } stored && await ClientSecrets.MatchesAsync(text, stored, cancellationToken))
            ? ClientMetadataDocument.Invalid("client_secret is not the one of this client; a new one is made by the server alone.")
            : null;
    }

    private static void KeepWhatIsOurs(OpenIdApplication application, OpenIddictApplicationDescriptor client)
    {
        client.ClientId = application.ClientId;
        foreach (var (name, value) in application.Settings.Where(entry => entry.Key == ClientIdIssuedAt || entry.Key.StartsWith("tradeidentity:", StringComparison.Ordinal)))
        {
            client.Settings[name] = value;
        }

        client.Permissions.UnionWith(application.Permissions.Where(permission => permission.StartsWith(OpenIddictConstants.Permissions.Prefixes.Resource, StringComparison.Ordinal)));
    }

    private static Refusal Unknown() => new("invalid_token", "The registration access token is not one of this client.");
}
