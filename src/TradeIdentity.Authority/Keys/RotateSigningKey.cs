using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Configuration;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Keys;

/// <summary>
/// Makes a new key of a purpose. It is published at once and signs when the posts have had time to learn it, or
/// immediately when that is asked. The key before it signs until then, and verifies for the overlap that follows.
/// </summary>
public sealed class RotateSigningKey(Database database, TimeProvider time, KeyEncryptionKey encryptionKey, KeysOptions options, SigningKeys keys)
{
    /// <summary>
    /// Answers the new key. When <paramref name="immediately"/>, a successor that was announced is withdrawn, and posts with
    /// an older bundle answer <em>issuer unknown</em> until they update.
    /// </summary>
    public async Task<Outcome<SigningKey>> ExecuteAsync(KeyPurpose purpose, bool immediately, string actor, CancellationToken cancellationToken)
    {
        var rotated = await database.WriteAsync(tx => RotateAsync(tx, purpose, immediately, actor), cancellationToken).ConfigureAwait(false);
        if (!rotated.TryGet(out var kid, out var refusal))
        {
            return refusal;
        }

        return (await keys.ListAsync(cancellationToken).ConfigureAwait(false)).Match<Outcome<SigningKey>>(
            ring => ring.All.First(key => key.KidText == kid), refused => refused);
    }

    private async Task<Outcome<string>> RotateAsync(WriteTransaction tx, KeyPurpose purpose, bool immediately, string actor)
    {
        // A wrong encryption key must not add a key that this configuration alone can open.
        var rows = await KeyRow.LockAsync(tx).ConfigureAwait(false);
        if (!KeyRing.Open(rows, encryptionKey, keys.Known).TryGet(out var ring, out var refusal))
        {
            return refusal;
        }

        var now = time.GetUtcNow();
        var schedule = KeySchedule.Of(purpose, options);
        if (!immediately && ring.All.FirstOrDefault(key => key.Purpose == purpose && key.SignsFrom > now && key.SignsFrom < key.SignsUntil) is { } announced)
        {
            return new Refusal("rotation_already_announced", $"Key {announced.KidText} is announced already and signs from {announced.SignsFrom:u}.");
        }

        var signsFrom = immediately ? now : Earlier(now + schedule.Announced, ring.Signer(purpose, now)?.SignsUntil ?? now);
        await EndAsync(tx, purpose, signsFrom, schedule.Overlap).ConfigureAwait(false);
        var made = await KeyRow.CreateAsync(tx, encryptionKey, purpose, schedule, now, signsFrom).ConfigureAwait(false);
        made.Signer.Dispose();
        await AuditTrail.AppendAsync(tx, now, KeyAudit.Rotated(actor, made, immediately)).ConfigureAwait(false);
        return made.KidText;
    }

    // Keys that would sign past that time sign until it. One that is only announced would begin later: it never signs.
    private static Task<int> EndAsync(WriteTransaction tx, KeyPurpose purpose, DateTimeOffset end, TimeSpan overlap) =>
        tx.ExecuteAsync(
            """
            UPDATE signing_keys
            SET signs_until = @End, verifies_until = @VerifiesUntil, signs_from = CASE WHEN signs_from > @End THEN @End ELSE signs_from END
            WHERE purpose = @Purpose AND signs_until > @End
            """,
            new { Purpose = purpose.ToText(), End = end.ToUnixTimeSeconds(), VerifiesUntil = (end + overlap).ToUnixTimeSeconds() });

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
