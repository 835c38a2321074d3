using Microsoft.AspNetCore.Identity;
using TradeIdentity.Authority.Accounts.IdentityProofs;
using TradeIdentity.Authority.Accounts.Sessions;
using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Keys;
using TradeIdentity.Authority.OpenId;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Accounts;

/// <summary>
/// Accounts, in the ledger's database, for ASP.NET Core Identity. A change and its audit entries are one transaction, whoever
/// asks; and where the security stamp changes or a passkey goes, the account's other sessions end in it.
/// </summary>
public sealed partial class AccountStore(Database database, TimeProvider time, KeyEncryptionKey encryptionKey, CurrentSession current, SessionEnd sessionEnd)
    : IUserPasswordStore<Account>, IUserEmailStore<Account>, IUserSecurityStampStore<Account>, IUserLockoutStore<Account>,
        IUserTwoFactorStore<Account>, IUserAuthenticatorKeyStore<Account>, IUserTwoFactorRecoveryCodeStore<Account>,
        IUserRoleStore<Account>, IUserPasskeyStore<Account>
{
    private readonly SecretSeal _authenticatorKeys = new(encryptionKey, "authenticator key");
    private readonly SecretSeal _recoveryCodes = new(encryptionKey, "recovery code");

    public async Task<IdentityResult> CreateAsync(Account user, CancellationToken cancellationToken)
    {
        user.ConcurrencyToken = EntityId.NewConcurrencyToken();
        var row = AccountRow.Of(user) with { CreatedAt = time.GetUtcNow().ToUnixTimeSeconds() };
        var actor = Actor(user);
        return await database.WriteAsync(async tx =>
        {
            var inserted = await tx.ExecuteAsync(
                """
                INSERT INTO accounts (id, email, normalized_email, email_confirmed, given_name, family_name, language, roles, password_hash,
                    security_stamp, concurrency_token, two_factor_enabled, authenticator_key, is_demonstration, created_at, disabled_at)
                VALUES (@Id, @Email, @NormalizedEmail, @EmailConfirmed, @GivenName, @FamilyName, @Language, @Roles, @PasswordHash,
                    @SecurityStamp, @ConcurrencyToken, @TwoFactorEnabled, @AuthenticatorKey, @IsDemonstration, @CreatedAt, @DisabledAt)
                ON CONFLICT (normalized_email) DO NOTHING
                """, row);
            if (inserted == 0)
            {
                // Two registrations at once: the validator of the framework looked before either was there.
                return IdentityResult.Failed(new IdentityErrorDescriber().DuplicateEmail(user.Email));
            }

            await WriteChangesAsync(tx, user, actor);
            await AuditTrail.AppendAsync(tx, time.GetUtcNow(), AccountEvent.Of(
                SecurityEvents.AccountCreated, user.Id, actor, user.IsOfficer ? new AccountEvent { Roles = [.. user.Roles] } : null));
            return IdentityResult.Success;
        }, cancellationToken);
    }

    public async Task<IdentityResult> UpdateAsync(Account user, CancellationToken cancellationToken)
    {
        var next = EntityId.NewConcurrencyToken();
        var row = AccountRow.Of(user);
        var actor = Actor(user);
        var kept = user.DisabledAt is null ? current.SidOf(user.Id) : null;
        var updated = await database.WriteAsync(async tx =>
        {
            var before = await tx.QuerySingleOrDefaultAsync<AccountRow>(
                AccountRow.Select + "WHERE a.id = @Id AND a.concurrency_token = @ConcurrencyToken", new { row.Id, row.ConcurrencyToken });
            if (before is null || await UpdateAsync(tx, row, next) == 0)
            {
                return false;
            }

            var events = Events(before, row, actor);
            if ((before.GivenName != row.GivenName || before.FamilyName != row.FamilyName)
                && await WithdrawIdentityProof.EndOfChangedNameAsync(tx, user.Id, actor) is { } unproven)
            {
                events.Add(unproven);
            }

            events.AddRange(await WriteChangesAsync(tx, user, actor));
            // A passkey that was taken away may be in other hands, with a session that it began.
            if (before.SecurityStamp != row.SecurityStamp || row.DisabledAt is not null || user.PasskeyChanges.Exists(change => change.Stored is null))
            {
                events.AddRange(await sessionEnd.EndAsync(tx, user.Id, SessionEnd.Reasons.CredentialsChanged, actor, except: kept));
                // So may a refresh token that the same hands got.
                await RevokeTokens.OfAccountAsync(tx, user.Id);
            }

            await AuditTrail.AppendAsync(tx, time.GetUtcNow(), events);
            return true;
        }, cancellationToken);
        if (!updated)
        {
            return IdentityResult.Failed(new IdentityErrorDescriber().ConcurrencyFailure());
        }

        user.ConcurrencyToken = next;
        user.PasskeyChanges.Clear();
        user.NewRecoveryCodes = null;
        return IdentityResult.Success;
    }

    public async Task<IdentityResult> DeleteAsync(Account user, CancellationToken cancellationToken)
    {
        var actor = Actor(user);
        return await database.WriteAsync(async tx =>
        {
            var events = await sessionEnd.EndAsync(tx, user.Id, SessionEnd.Reasons.AccountDeleted, actor);
            if (await tx.ExecuteAsync("DELETE FROM accounts WHERE id = @Id AND concurrency_token = @ConcurrencyToken", new { user.Id, user.ConcurrencyToken }) == 0)
            {
                throw new InvalidOperationException("The account was changed or deleted since it was read.");
            }

            await AuditTrail.AppendAsync(tx, time.GetUtcNow(), [.. events, AccountEvent.Of(SecurityEvents.AccountDeleted, user.Id, actor)]);
            return IdentityResult.Success;
        }, cancellationToken);
    }

    public Task<Account?> FindByIdAsync(string userId, CancellationToken cancellationToken) => database.ReadAsync(
        connection => AccountRow.FindAsync(connection, AccountRow.Select + "WHERE a.id = @Id", new { Id = userId }, cancellationToken), cancellationToken);

    /// <summary>The name to sign in with is the e-mail address.</summary>
    public Task<Account?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => FindByEmailAsync(normalizedUserName, cancellationToken);

    public Task<Account?> FindByEmailAsync(string normalizedEmail, CancellationToken cancellationToken) => database.ReadAsync(
        connection => AccountRow.FindAsync(connection, AccountRow.Select + "WHERE a.normalized_email = @Email", new { Email = normalizedEmail }, cancellationToken), cancellationToken);

    public void Dispose()
    {
        // The database is the program's, not this store's.
    }

    // Failed sign-ins and the lock are not among them: see AccountStore.Lockout.
    private static Task<int> UpdateAsync(WriteTransaction tx, AccountRow row, string next) => tx.ExecuteAsync(
        """
        UPDATE accounts SET email = @Email, normalized_email = @NormalizedEmail, email_confirmed = @EmailConfirmed, given_name = @GivenName,
            family_name = @FamilyName, language = @Language, roles = @Roles, password_hash = @PasswordHash, security_stamp = @SecurityStamp,
            two_factor_enabled = @TwoFactorEnabled, authenticator_key = @AuthenticatorKey, disabled_at = @DisabledAt, concurrency_token = @Next
        WHERE id = @Id AND concurrency_token = @ConcurrencyToken
        """, new
        {
            row.Id,
            row.Email,
            row.NormalizedEmail,
            row.EmailConfirmed,
            row.GivenName,
            row.FamilyName,
            row.Language,
            row.Roles,
            row.PasswordHash,
            row.SecurityStamp,
            row.TwoFactorEnabled,
            row.AuthenticatorKey,
            row.DisabledAt,
            row.ConcurrencyToken,
            Next = next,
        });

    private static List<AuditRecord> Events(AccountRow before, AccountRow after, string actor)
    {
        var events = new List<AuditRecord>();
        Add(before.PasswordHash != after.PasswordHash, SecurityEvents.PasswordChanged);
        Add(before.TwoFactorEnabled != after.TwoFactorEnabled, after.TwoFactorEnabled != 0 ? SecurityEvents.SecondFactorEnabled : SecurityEvents.SecondFactorDisabled);
        Add(!(before.AuthenticatorKey ?? []).AsSpan().SequenceEqual(after.AuthenticatorKey), SecurityEvents.AuthenticatorKeyChanged);
        Add(before.NormalizedEmail != after.NormalizedEmail, SecurityEvents.EmailChanged);
        Add(before.EmailConfirmed == 0 && after.EmailConfirmed != 0, SecurityEvents.EmailConfirmed);
        Add(before.Roles != after.Roles, SecurityEvents.RolesChanged, new AccountEvent { Roles = after.Roles.Split(' ', StringSplitOptions.RemoveEmptyEntries) });
        Add(before.DisabledAt is null && after.DisabledAt is not null, SecurityEvents.AccountDisabled);
        Add(before.DisabledAt is not null && after.DisabledAt is null, SecurityEvents.AccountEnabled);
        return events;

        void Add(bool happened, string act, AccountEvent? details = null)
        {
            if (happened)
            {
                events.Add(AccountEvent.Of(act, after.Id, actor, details));
            }
        }
    }

    private async Task<List<AuditRecord>> WriteChangesAsync(WriteTransaction tx, Account user, string actor)
    {
        var events = await WritePasskeysAsync(tx, user, actor);
        if (user.NewRecoveryCodes is { } codes)
        {
            await ReplaceCodesAsync(tx, user.Id, codes);
            events.Add(AccountEvent.Of(SecurityEvents.RecoveryCodesReplaced, user.Id, actor));
        }

        return events;
    }

    // Who is signed in; else the account itself, by a link or a form that is for it alone. Asked before an act is queued: it
    // runs on another thread, where no request is at hand.
    private string Actor(Account user) => current.AccountId ?? user.Id;
}
