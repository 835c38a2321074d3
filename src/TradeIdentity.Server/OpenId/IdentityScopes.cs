namespace TradeIdentity.Server.OpenId;

/// <summary>What a client can ask a person to share. The names are published and never change.</summary>
public static class IdentityScopes
{
    public const string OpenId = "openid";
    public const string Profile = "profile";
    public const string Email = "email";
    public const string Organization = "organization";
    public const string Aeo = "aeo";
    public const string Mandates = "mandates";
    public const string OfflineAccess = "offline_access";

    public static IReadOnlyList<string> All { get; } = [OpenId, Profile, Email, Organization, Aeo, Mandates, OfflineAccess];
}
