using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Credentials;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Verification.Trust;

namespace TradeIdentity.Authority.Issuance;

/// <summary>
/// On which terms a holder has a credential issued, asked in the transaction that stores it: by an administrator of the entity who may
/// sign in, within bounds, and never in place of one that the authority holds or has ended.
/// </summary>
public static class HolderTerms
{
    /// <summary>Of one type (and one mandate) that are good or suspended: one in each lorry and office, and a stolen session prints no stack.</summary>
    public const int MaxLive = 5;

    /// <summary>Of one operator in 24 hours: a status index is never used again.</summary>
    public const int MaxADay = 20;

    internal static Refusal NotHolder { get; } = new("credential_holder_required", "This is an act of an administrator of the entity, or of a member with the power to, acting for it.");

    internal static Refusal Unknown { get; } = new("credential_unknown", "There is no credential with this id.");

    /// <summary>Null where the holder may have <paramref name="credential"/>, which is not stored yet.</summary>
    /// <param name="tx">That stores it.</param>
    /// <param name="credential">The new one.</param>
    /// <param name="replaced">The one that ends with it; null for none.</param>
    /// <param name="accountId">Who asks.</param>
    /// <param name="now">When.</param>
    internal static async Task<Refusal?> RefuseAsync(WriteTransaction tx, IssuedCredential credential, CredentialId? replaced, string accountId, DateTimeOffset now)
    {
        if ((await Memberships.RightsAsync(tx, accountId, Tin.Parse(credential.Tin), now).ConfigureAwait(false))?.May(MemberPowers.Credentials) != true)
        {
            return NotHolder;
        }

        if (tx.Dialect == SqlDialect.PostgreSql)
        {
            // Two administrators at once take turns: what is counted below stays so.
            await tx.ExecuteAsync("SELECT tin FROM operators WHERE tin = @Tin FOR NO KEY UPDATE", new { credential.Tin }).ConfigureAwait(false);
        }

        var parameters = new
        {
            credential.Tin,
            credential.Type,
            Mandate = credential.Mandate ?? "",
            Replaced = replaced?.ToString() ?? "",
            Revoked = (int)StatusValue.Revoked,
            Now = now.ToUnixTimeSeconds(),
            DayAgo = now.AddDays(-1).ToUnixTimeSeconds(),
            CredentialHolds.Officer,
        };
        if (await tx.QuerySingleOrDefaultAsync<NewestRow>(
            """
            SELECT ended_as AS EndedAs, CASE WHEN EXISTS (SELECT 1 FROM credential_holds h WHERE h.credential_id = c.id AND h.cause = @Officer) THEN 1 ELSE 0 END AS IsHeld
            FROM credentials c
            WHERE tin = @Tin AND type = @Type AND COALESCE(mandate_id, '') = @Mandate
            ORDER BY issued_at DESC, id DESC LIMIT 1
            """,
            parameters).ConfigureAwait(false) is { } newest)
        {
            if (newest.EndedAs == (int)CredentialEnd.ByAuthority)
            {
                return new Refusal("credential_withdrawn", "The authority revoked the last credential of this kind: it issues the next one.");
            }

            if (newest.IsHeld != 0)
            {
                return new Refusal("credential_suspended", "The authority has suspended the last credential of this kind, and no other is issued in its place.");
            }
        }

        var live = await tx.ScalarAsync<long>(
            """
            SELECT COUNT(*) FROM credentials
            WHERE tin = @Tin AND type = @Type AND COALESCE(mandate_id, '') = @Mandate AND status <> @Revoked AND expires_at > @Now AND id <> @Replaced
            """,
            parameters).ConfigureAwait(false);
        if (live >= MaxLive)
        {
            return new Refusal("credential_limit", $"The entity has {live} credentials of this kind that have not ended; replace one, or report it lost.");
        }

        var today = await tx.ScalarAsync<long>("SELECT COUNT(*) FROM credentials WHERE tin = @Tin AND issued_at > @DayAgo", parameters).ConfigureAwait(false);
        return today >= MaxADay ? new Refusal("credential_limit_day", $"{MaxADay} credentials were issued for the entity in the last 24 hours; ask again tomorrow.") : null;
    }

    private sealed class NewestRow
    {
        public long? EndedAs { get; init; }

        public long IsHeld { get; init; }
    }
}
