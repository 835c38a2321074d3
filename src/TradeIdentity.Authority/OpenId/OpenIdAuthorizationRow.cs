namespace TradeIdentity.Authority.OpenId;

/// <summary>An authorization as its table has it.</summary>
internal sealed record OpenIdAuthorizationRow(
    string Id, string? ApplicationId, long? CreationDate, string? Properties, string? Scopes, string? Status, string? Subject, string? Type,
    string ConcurrencyToken)
{
    public OpenIdAuthorization ToEntity() => new()
    {
        Id = Id,
        ApplicationId = ApplicationId,
        CreationDate = CreationDate is { } seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null,
        Properties = JsonColumn.ReadProperties(Properties),
        Scopes = JsonColumn.ReadStrings(Scopes),
        Status = Status,
        Subject = Subject,
        Type = Type,
        ConcurrencyToken = ConcurrencyToken,
    };
}
