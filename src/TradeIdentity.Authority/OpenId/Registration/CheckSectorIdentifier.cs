using System.Text.Json;
using OpenIddict.Abstractions;
using TradeIdentity.Authority.Outbound;

namespace TradeIdentity.Authority.OpenId.Registration;

/// <summary>OpenID Connect Core §8.1: the document at <c>sector_identifier_uri</c> lists every redirect URI of the client.</summary>
public sealed class CheckSectorIdentifier(PublicHttp http)
{
    /// <returns>What is wrong; null where nothing is, or the client names no such address.</returns>
    internal async Task<Refusal?> ExecuteAsync(OpenIddictApplicationDescriptor client, CancellationToken cancellationToken)
    {
        if (!client.Settings.TryGetValue(ClientMetadataNames.SectorIdentifierUri, out var address))
        {
            return null;
        }

        if (!(await http.GetAsync(new Uri(address), cancellationToken)).TryGet(out var body, out _) || Read(body) is not { } listed)
        {
            return ClientMetadataDocument.Invalid("sector_identifier_uri does not answer with a JSON list of addresses.");
        }

        return client.RedirectUris.All(uri => listed.Contains(uri.OriginalString))
            ? null
            : ClientMetadataDocument.Invalid("The document at sector_identifier_uri does not list each of redirect_uris.");
    }

    private static HashSet<string>? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize(body.Span, OpenIdJson.Default.StringArray) is { } uris ? [.. uris] : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
