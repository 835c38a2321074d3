namespace TradeIdentity.Server.OpenId;

/// <summary>What a client can be permitted at the API. The names are published and never change.</summary>
public static class ApiScopes
{
    public const string OperatorsRead = "operators.read";
    public const string OperatorsWrite = "operators.write";
    public const string RegistryImport = "registry.import";
    public const string AeoDecide = "aeo.decide";
    public const string AeoApply = "aeo.apply";
    public const string MandatesWrite = "mandates.write";
    public const string NoticesRead = "notices.read";
    public const string Webhooks = "webhooks";
    public const string CredentialsIssue = "credentials.issue";
    public const string CredentialsRevoke = "credentials.revoke";
    public const string CredentialsOwn = "credentials.own";
    public const string Verification = "verification";
    public const string EntitiesOwn = "entities.own";
    public const string PrivacyOwn = "privacy.own";
    public const string MasterDataRead = "master-data.read";
    public const string SuccessionsDecide = "successions.decide";
    public const string AuditRead = "audit.read";
    public const string AccountsRead = "accounts.read";
    public const string AccountsWrite = "accounts.write";

    /// <summary>What a system can use in the name of another, with a token that was exchanged (RFC 8693): it reads, and changes nothing.</summary>
    public static IReadOnlyList<string> OfDelegates { get; } = [OperatorsRead, Verification, AuditRead];

    public static IReadOnlyList<string> All { get; } =
        [OperatorsRead, OperatorsWrite, RegistryImport, AeoDecide, AeoApply, MandatesWrite, NoticesRead, Webhooks, CredentialsIssue, CredentialsRevoke, CredentialsOwn, Verification, EntitiesOwn, PrivacyOwn, MasterDataRead, SuccessionsDecide, AuditRead, AccountsRead, AccountsWrite];
}
