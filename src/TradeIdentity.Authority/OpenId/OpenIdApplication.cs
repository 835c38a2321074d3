using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace TradeIdentity.Authority.OpenId;

/// <summary>A registered client, as the OpenID Connect engine reads and changes it through its store.</summary>
public sealed class OpenIdApplication
{
    public required string Id { get; init; }

    public string? ClientId { get; set; }

    /// <summary>Never the secret itself: what <see cref="ClientSecrets.Obfuscate"/> made of it.</summary>
    public string? ClientSecret { get; set; }

    public string? ClientType { get; set; }

    public string? ApplicationType { get; set; }

    public string? ConsentType { get; set; }

    public string? DisplayName { get; set; }

    public ImmutableDictionary<CultureInfo, string> DisplayNames { get; set; } = ImmutableDictionary<CultureInfo, string>.Empty;

    /// <summary>Public keys of a <c>private_key_jwt</c> client, as JSON.</summary>
    public string? JsonWebKeySet { get; set; }

    public ImmutableArray<string> Permissions { get; set; } = [];

    public ImmutableArray<string> PostLogoutRedirectUris { get; set; } = [];

    public ImmutableDictionary<string, JsonElement> Properties { get; set; } = ImmutableDictionary<string, JsonElement>.Empty;

    public ImmutableArray<string> RedirectUris { get; set; } = [];

    public ImmutableArray<string> Requirements { get; set; } = [];

    public ImmutableDictionary<string, string> Settings { get; set; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Who changes the registration: it goes into the audit entry of the change. Not stored with the client.</summary>
    public string ChangedBy { get; set; } = "system";

    internal string ConcurrencyToken { get; set; } = "";

    // All that it holds is immutable.
    internal OpenIdApplication Copy() => (OpenIdApplication)MemberwiseClone();
}
