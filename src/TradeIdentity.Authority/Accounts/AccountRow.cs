using System.Data.Common;
using Dapper;

namespace TradeIdentity.Authority.Accounts;

/// <summary>A row of <c>accounts</c>.</summary>
internal sealed record AccountRow(
    string Id,
    string Email,
    string NormalizedEmail,
    long EmailConfirmed,
    string GivenName,
    string FamilyName,
    string Language,
    string Roles,
    string? PasswordHash,
    string SecurityStamp,
    string ConcurrencyToken,
    long FailedSignIns,
    long? LockedUntil,
    long TwoFactorEnabled,
    byte[]? AuthenticatorKey,
    long IsDemonstration,
    long CreatedAt,
    long? DisabledAt)
{
    public const string Select =
        """
        SELECT a.id AS Id, a.email AS Email, a.normalized_email AS NormalizedEmail, a.email_confirmed AS EmailConfirmed,
            a.given_name AS GivenName, a.family_name AS FamilyName, a.language AS Language, a.roles AS Roles,
            a.password_hash AS PasswordHash, a.security_stamp AS SecurityStamp, a.concurrency_token AS ConcurrencyToken,
            a.failed_sign_ins AS FailedSignIns, a.locked_until AS LockedUntil, a.two_factor_enabled AS TwoFactorEnabled,
            a.authenticator_key AS AuthenticatorKey, a.is_demonstration AS IsDemonstration, a.created_at AS CreatedAt,
            a.disabled_at AS DisabledAt
        FROM accounts a

        """;

    public static async Task<Account?> FindAsync(DbConnection connection, string select, object parameters, CancellationToken cancellationToken) =>
        (await connection.QuerySingleOrDefaultAsync<AccountRow>(new CommandDefinition(select, parameters, cancellationToken: cancellationToken)))?.ToAccount();

    public static AccountRow Of(Account account) => new(
        account.Id,
        account.Email,
        account.NormalizedEmail,
        account.EmailConfirmed ? 1 : 0,
        account.Name.Given,
        account.Name.Family,
        account.Language,
        string.Join(' ', account.Roles),
        account.PasswordHash,
        account.SecurityStamp,
        account.ConcurrencyToken,
        account.FailedSignIns,
        account.LockedUntil?.ToUnixTimeSeconds(),
        account.TwoFactorEnabled ? 1 : 0,
        account.SealedAuthenticatorKey,
        account.IsDemonstration ? 1 : 0,
        account.CreatedAt.ToUnixTimeSeconds(),
        account.DisabledAt?.ToUnixTimeSeconds());

    public Account ToAccount() => new()
    {
        Id = Id,
        Email = Email,
        NormalizedEmail = NormalizedEmail,
        EmailConfirmed = EmailConfirmed != 0,
        Name = new PersonName(GivenName, FamilyName),
        Language = Language,
        Roles = [.. Roles.Split(' ', StringSplitOptions.RemoveEmptyEntries)],
        PasswordHash = PasswordHash,
        SecurityStamp = SecurityStamp,
        ConcurrencyToken = ConcurrencyToken,
        FailedSignIns = (int)FailedSignIns,
        LockedUntil = At(LockedUntil),
        TwoFactorEnabled = TwoFactorEnabled != 0,
        SealedAuthenticatorKey = AuthenticatorKey,
        IsDemonstration = IsDemonstration != 0,
        CreatedAt = DateTimeOffset.FromUnixTimeSeconds(CreatedAt),
        DisabledAt = At(DisabledAt),
    };

    private static DateTimeOffset? At(long? seconds) => seconds is { } known ? DateTimeOffset.FromUnixTimeSeconds(known) : null;
}
