using System.Text.Json.Serialization;
using TradeIdentity.Authority;
using TradeIdentity.Authority.Keys;
using TradeIdentity.Authority.OpenId.Registration;

namespace TradeIdentity.Cli.Authority;

/// <summary>What the authority's commands print with <c>--json</c>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(UtcTimeJson)])]
[JsonSerializable(typeof(KeyLine))]
[JsonSerializable(typeof(IssuedLine))]
[JsonSerializable(typeof(AuditLine))]
[JsonSerializable(typeof(InvitationLine))]
internal sealed partial class AuthorityJson : JsonSerializerContext;

internal sealed record KeyLine(string Kid, string Purpose, DateTimeOffset CreatedAt, DateTimeOffset SignsFrom, DateTimeOffset SignsUntil, DateTimeOffset VerifiesUntil)
{
    internal static KeyLine Of(SigningKey key) => new(
        key.KidText,
        key.Purpose.ToText(),
        key.CreatedAt,
        key.SignsFrom,
        key.SignsUntil,
        key.VerifiesUntil);

    internal static KeyLine Of(RsaSigningKey key) => new(key.KidText, "openid-rsa", key.CreatedAt, key.SignsFrom, key.SignsUntil, key.VerifiesUntil);
}

internal sealed record IssuedLine(string Id, string Type, string Tin, string QrText, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt, IssuedStatus Status);

internal sealed record IssuedStatus(int List, int Index);

internal sealed record AuditLine(bool Intact, long? Entries, string? Head, long? BrokenAt, string? Fault);

internal sealed record InvitationLine(string Id, string Label, IReadOnlyList<string> Scopes, long UsesLeft, DateTimeOffset ExpiresAt, string? Token = null)
{
    internal static InvitationLine Of(InitialAccessToken token) => new(token.Id, token.Label, token.Scopes, token.UsesLeft, token.ExpiresAt);
}
