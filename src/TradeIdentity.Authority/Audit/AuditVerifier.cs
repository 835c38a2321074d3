using System.Security.Cryptography;
using Dapper;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Audit;

/// <summary>Recomputes the chain from its first entry, a page at a time.</summary>
internal sealed class AuditVerifier(Database database, AuditHead? expected)
{
    // A page is a query of its own: constant memory, and no long-lived snapshot that would keep SQLite from checkpointing.
    private const int PageLength = 1000;

    private byte[] _previous = AuditHash.Genesis;
    private long _sequence;
    private long _erased;

    public async Task<AuditVerification> VerifyAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var page = await PageAsync(cancellationToken).ConfigureAwait(false);
            foreach (var entry in page)
            {
                if (FaultOf(entry) is { } fault)
                {
                    return new AuditVerification.Broken(_sequence + 1, fault);
                }

                _sequence = entry.Sequence;
                _previous = entry.Hash;
                _erased += entry.Details is null ? 1 : 0;
            }

            if (page.Count < PageLength)
            {
                return _sequence < expected?.Sequence
                    ? new AuditVerification.Broken(_sequence + 1, AuditFault.Truncated)
                    : new AuditVerification.Intact(_sequence, _erased, new AuditHead(_sequence, Convert.ToHexStringLower(_previous)));
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

    private Task<List<AuditEntry>> PageAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(
            async db => (await db.QueryAsync<AuditEntry>(new CommandDefinition(
                """
                SELECT sequence AS Sequence, at AS At, actor AS Actor, act AS Act, subject AS Subject, details AS Details, salt AS Salt,
                       details_digest AS DetailsDigest, previous_hash AS PreviousHash, hash AS Hash
                FROM audit_entries
                WHERE sequence > @After
                ORDER BY sequence
                LIMIT @PageLength
                """,
                new { After = _sequence, PageLength },
                cancellationToken: cancellationToken)).ConfigureAwait(false)).AsList(),
            cancellationToken);
}
