using System.Security.Cryptography;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Audit;

/// <summary>The append-only, hash-chained record of what was done.</summary>
public static class AuditTrail
{
    private const int SaltLength = 16;

    // Any number will do as long as nothing else in the database takes it: "TI AUDIT" in ASCII.
    private const long ChainLock = 0x5449204155444954;

    /// <summary>
    /// Appends entries in the act's own transaction. Call it last in the act: on PostgreSQL it holds the chain for this
    /// transaction until its commit, and all other acts that append wait for that.
    /// </summary>
    /// <exception cref="ArgumentException">A text holds a NUL or a lone surrogate, which no database keeps unchanged.</exception>
    public static async Task AppendAsync(WriteTransaction tx, DateTimeOffset at, params IReadOnlyList<AuditRecord> records)
    {
        if (records.Count == 0)
        {
            return;
        }

        if (tx.Dialect == SqlDialect.PostgreSql)
        {
            await tx.ExecuteAsync("SELECT pg_advisory_xact_lock(@ChainLock)", new { ChainLock }).ConfigureAwait(false);
        }

        var head = await tx.QuerySingleOrDefaultAsync<HeadRow>(
            "SELECT sequence AS Sequence, hash AS Hash FROM audit_entries ORDER BY sequence DESC LIMIT 1").ConfigureAwait(false);
        await RowBatch.ExecuteAsync(
            tx,
            """
            INSERT INTO audit_entries (sequence, at, actor, act, subject, details, salt, details_digest, previous_hash, hash)
            VALUES (@Sequence, @At, @Actor, @Act, @Subject, @Details, @Salt, @DetailsDigest, @PreviousHash, @Hash)
            """,
            Chain(head, at.ToUnixTimeSeconds(), records)).ConfigureAwait(false);
    }

    /// <summary>
    /// Recomputes the whole chain in constant memory: the count and the head, or the first broken entry and why. That
    /// entries were cut off at the end shows only against a head that was remembered elsewhere.
    /// </summary>
    public static Task<AuditVerification> VerifyAsync(Database database, AuditHead? expected, CancellationToken cancellationToken) =>
        new AuditVerifier(database, null, expected, long.MaxValue).VerifyAsync(cancellationToken);

    /// <summary>Recomputes a part of the chain: a long one is verified part by part, each from the head that the part before it answered.</summary>
    /// <param name="database">Of the trail.</param>
    /// <param name="start">The entry after which it goes on; null: from the first.</param>
    /// <param name="most">Entries of the part; fewer, or none, are left where the trail ends.</param>
    /// <param name="cancellationToken">Ends the verification.</param>
    public static Task<AuditVerification> VerifyPartAsync(Database database, AuditHead? start, int most, CancellationToken cancellationToken) =>
        new AuditVerifier(database, start, null, most).VerifyAsync(cancellationToken);

    private static AuditEntry[] Chain(HeadRow? head, long at, IReadOnlyList<AuditRecord> records)
    {
        var entries = new AuditEntry[records.Count];
        var salts = RandomNumberGenerator.GetBytes(SaltLength * records.Count);
        var (sequence, previous) = head is null ? (0L, AuditHash.Genesis) : (head.Sequence, head.Hash);
        for (var i = 0; i < entries.Length; i++)
        {
            var record = records[i];
            RefuseNul(record);
            var salt = salts.AsSpan(i * SaltLength, SaltLength).ToArray();
            var digest = AuditHash.OfDetails(salt, record.Details);
            var hash = AuditHash.OfEntry(++sequence, at, record.Actor, record.Act, record.Subject, digest, previous);
            entries[i] = new AuditEntry(sequence, at, record.Actor, record.Act, record.Subject, record.Details, salt, digest, previous, hash);
            previous = hash;
        }

        return entries;
    }

    private static void RefuseNul(AuditRecord record)
    {
        if (record.Actor.Contains('\0') || record.Act.Contains('\0') || record.Subject.Contains('\0') || record.Details.Contains('\0'))
        {
            throw new ArgumentException("An audit record holds a NUL character.", nameof(record));
        }
    }

    private sealed record HeadRow(long Sequence, byte[] Hash);
}
