using System.Security.Cryptography;
using Dapper;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Audit;

/// <summary>Recomputes the chain after <paramref name="start"/>, a page at a time.</summary>
/// <param name="database">Of the trail.</param>
/// <param name="start">The entry that was verified last; null: none, the chain begins.</param>
/// <param name="expected">A head that was remembered elsewhere; null: none.</param>
/// <param name="most">Entries that are verified at most.</param>
internal sealed class AuditVerifier(Database database, AuditHead? start, AuditHead? expected, long most)
{
    // A page is a query of its own: constant memory, and no long-lived snapshot that would keep SQLite from checkpointing.
    private const int PageLength = 1000;

    private byte[] _previous = start is null ? AuditHash.Genesis : Convert.FromHexString(start.Hash);
    private long _sequence = start?.Sequence ?? 0;
    private long _entries;
    private long _erased;

    public async Task<AuditVerification> VerifyAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            // What was asked for is bounded by its count and not by a number: a gap at the end of a part shows in the part.
            var length = (int)Math.Min(PageLength, most - _entries);
            var page = await PageAsync(length, cancellationToken).ConfigureAwait(false);
            foreach (var entry in page)
            {
                if (FaultOf(entry) is { } fault)
                {
                    return new AuditVerification.Broken(_sequence + 1, fault);
                }

                _sequence = entry.Sequence;
                _previous = entry.Hash;
                _entries++;
                _erased += entry.Details is null ? 1 : 0;
            }

            if (page.Count < length || _entries == most)
            {
                return _sequence < expected?.Sequence
                    ? new AuditVerification.Broken(_sequence + 1, AuditFault.Truncated)
                    : new AuditVerification.Intact(_entries, _erased, new AuditHead(_sequence, Convert.ToHexStringLower(_previous)));
            }
        }
    }

    private AuditFault? FaultOf(AuditEntry entry)
    {
        if (entry.Sequence != _sequence + 1)
        {
            return AuditFault.Missing;
        }

        var follows = entry.PreviousHash.AsSpan().SequenceEqual(_previous);
        var hash = AuditHash.OfEntry(entry.Sequence, entry.At, entry.Actor, entry.Act, entry.Subject, entry.DetailsDigest, entry.PreviousHash);
        if (!hash.AsSpan().SequenceEqual(entry.Hash))
        {
            return follows ? AuditFault.Changed : AuditFault.Reordered;
        }

        if (!follows)
        {
            return AuditFault.PredecessorRewritten;
        }

        if (!DetailsAreThose(entry))
        {
            return AuditFault.Changed;
        }

        return entry.Sequence == expected?.Sequence && Convert.ToHexStringLower(entry.Hash) != expected.Hash ? AuditFault.Rewritten : null;
    }

    // Erasure takes details and salt; one without the other was done by someone else.
    private static bool DetailsAreThose(AuditEntry entry) => (entry.Details, entry.Salt) switch
    {
        (null, null) => true,
        ({ } details, { } salt) => CryptographicOperations.FixedTimeEquals(AuditHash.OfDetails(salt, details), entry.DetailsDigest),
        _ => false,
    };

    private Task<List<AuditEntry>> PageAsync(int length, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async db => (await db.QueryAsync<AuditEntry>(new CommandDefinition(
                """
                SELECT sequence AS Sequence, at AS At, actor AS Actor, act AS Act, subject AS Subject, details AS Details, salt AS Salt,
                       details_digest AS DetailsDigest, previous_hash AS PreviousHash, hash AS Hash
                FROM audit_entries
                WHERE sequence > @After
                ORDER BY sequence
                LIMIT @length
                """,
                new { After = _sequence, length },
                cancellationToken: cancellationToken)).ConfigureAwait(false)).AsList(),
            cancellationToken);
}
