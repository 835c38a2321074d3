using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Accounts.Sessions;
using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Companies.Registrations;
using TradeIdentity.Authority.Companies.Representatives;
using TradeIdentity.Authority.Notices;
using TradeIdentity.Authority.OpenId;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Privacy;

/// <summary>
/// Erases who a person was. What stays is the number of the account, which then says nothing: in the audit chain, whose hashes cover it,
/// and in the histories of operators, which say that two different people decided.
/// </summary>
internal sealed class ErasePerson(SessionEnd sessionEnd)
{
    /// <returns>False: something keeps the account since it was looked up.</returns>
    internal async Task<bool> ExecuteAsync(WriteTransaction tx, string accountId, string reason, DateTimeOffset now)
    {
        var of = new
        {
            accountId,
            Now = now.ToUnixTimeSeconds(),
            // In the place of the address, which is unique and then free for another account.
            Nobody = $"{accountId}@erased.invalid",
            NormalizedNobody = $"{accountId}@erased.invalid".ToUpperInvariant(),
            Next = EntityId.NewConcurrencyToken(),
            Holder = NoticeHolder.Of(accountId),
            Nothing = Array.Empty<byte>(),
        };
        var before = await tx.QuerySingleOrDefaultAsync<AddressRow>($"SELECT a.email AS Email FROM accounts a WHERE a.id = @accountId AND {ErasurePolicy.Erasable}", of).ConfigureAwait(false);
        if (before is null)
        {
            return false;
        }

        var events = new List<AuditRecord>(await sessionEnd.EndAsync(tx, accountId, SessionEnd.Reasons.AccountDeleted, "system").ConfigureAwait(false));
        await tx.ExecuteAsync(
            """
            UPDATE accounts SET email = @Nobody, normalized_email = @NormalizedNobody, email_confirmed = 0, given_name = '', family_name = '', language = 'en', roles = '',
                password_hash = NULL, security_stamp = @Next, concurrency_token = @Next, two_factor_enabled = 0, authenticator_key = NULL, failed_sign_ins = 0, locked_until = NULL,
                disabled_at = COALESCE(disabled_at, @Now), erased_at = @Now
            WHERE id = @accountId
            """, of).ConfigureAwait(false);
        foreach (var table in new[] { "account_recovery_codes", "account_passkeys", "account_sessions", "identity_proofs", "notices_seen" })
        {
            await tx.ExecuteAsync($"DELETE FROM {table} WHERE account_id = @accountId", of).ConfigureAwait(false);
        }

        await tx.ExecuteAsync("DELETE FROM openid_tokens WHERE subject = @accountId", of).ConfigureAwait(false);
        await tx.ExecuteAsync("DELETE FROM openid_authorizations WHERE subject = @accountId", of).ConfigureAwait(false);
        await tx.ExecuteAsync("DELETE FROM notices WHERE holder = @Holder", of).ConfigureAwait(false);

        // What led to an entity in the register stays as the register's: the entity, and what the authority found. What the person wrote goes.
        await RegistrationDocuments.EraseOfPersonAsync(tx, accountId).ConfigureAwait(false);
        await tx.ExecuteAsync("DELETE FROM entity_registrations WHERE account_id = @accountId AND state <> 'confirmed'", of).ConfigureAwait(false);
        await tx.ExecuteAsync("UPDATE entity_registrations SET capacity = '', basis = '', question = NULL, answer = NULL WHERE account_id = @accountId", of).ConfigureAwait(false);
        foreach (var invitation in await tx.QueryAsync<InvitationRow>("SELECT id AS Id, email AS Email FROM invitations WHERE email <> ''").ConfigureAwait(false))
        {
            if (Invitations.Normalise(invitation.Email) == Invitations.Normalise(before.Email))
            {
                await ForgetInvitationAsync(tx, invitation.Id, now).ConfigureAwait(false);
            }
        }

        // A credential of a mandate to the person has their name in it. Its status stays, and what it stated.
        await tx.ExecuteAsync("UPDATE credentials SET message = @Nothing WHERE mandate_id IN (SELECT id FROM mandates WHERE representative_account = @accountId)", of).ConfigureAwait(false);
        await EraseAuditDetails.OfAsync(tx, $"account:{accountId}").ConfigureAwait(false);
        await AuditTrail.AppendAsync(tx, now, [.. events, AccountEvent.Of(SecurityEvents.AccountErased, accountId, "system", new AccountEvent { Reason = reason })]).ConfigureAwait(false);
        return true;
    }

    private static Task<int> ForgetInvitationAsync(WriteTransaction tx, string id, DateTimeOffset now) => tx.ExecuteAsync(
        """
        UPDATE invitations SET email = '', token_hash = NULL, settled_at = COALESCE(settled_at, @Now), settled_by = COALESCE(settled_by, 'system'),
            state = CASE state WHEN 'open' THEN 'withdrawn' ELSE state END
        WHERE id = @id
        """,
        new { id, Now = now.ToUnixTimeSeconds() });

    private sealed record AddressRow(string Email);

    private sealed record InvitationRow(string Id, string Email);
}
