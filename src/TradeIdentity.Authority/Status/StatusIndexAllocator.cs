using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Verification.Credentials;

namespace TradeIdentity.Authority.Status;

/// <summary>
/// Hands out status indexes: dense within a list, in an order drawn at random when the list is opened, so that an index
/// says nothing about when or to whom. Indexes are leased from the database in blocks that grow with demand; what a failed
/// issue gives back is used next, and what a stopped process had leased is never used.
/// </summary>
public sealed class StatusIndexAllocator(Database database, TimeProvider time) : IDisposable
{
    /// <summary>Indexes of a list: large enough to hide in (Token Status List §12.3), small enough to publish often.</summary>
    public const int ListCapacity = 1 << 17;

    // A lease waits its turn among the acts of the one writer: several batches of a bulk issue share one.
    private const int LargestLease = 16384;
    private readonly ConcurrentQueue<StatusReference> _leased = new();
    private readonly SemaphoreSlim _leasing = new(1, 1);
    private int _nextLease = 1;

    /// <summary>Takes <paramref name="count"/> indexes. Give back each that no stored credential uses.</summary>
    public async Task<IReadOnlyList<StatusReference>> TakeAsync(int count, CancellationToken cancellationToken)
    {
        var taken = new List<StatusReference>(count);
        while (taken.Count < count)
        {
            if (_leased.TryDequeue(out var reference))
            {
                taken.Add(reference);
            }
            else
            {
                await LeaseAsync(count - taken.Count, cancellationToken).ConfigureAwait(false);
            }
        }

        return taken;
    }

    public void GiveBack(StatusReference reference) => _leased.Enqueue(reference);

    public void Dispose() => _leasing.Dispose();

    private async Task LeaseAsync(int atLeast, CancellationToken cancellationToken)
    {
        await _leasing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!_leased.IsEmpty)
            {
                return;
            }

            var size = Math.Min(Math.Max(atLeast, _nextLease), LargestLease);
            var lease = await database.WriteAsync(tx => LeaseAsync(tx, size), cancellationToken).ConfigureAwait(false);
            foreach (var reference in lease)
            {
                _leased.Enqueue(reference);
            }

            _nextLease = Math.Min(_nextLease * 2, LargestLease);
        }
        finally
        {
            _leasing.Release();
        }
    }

    private async Task<List<StatusReference>> LeaseAsync(WriteTransaction tx, int size)
    {
        // Instances that lease at once take turns, also for opening a list; SQLite has one writer.
        if (tx.Dialect == SqlDialect.PostgreSql)
        {
            await tx.ExecuteAsync("LOCK TABLE status_lists IN SHARE ROW EXCLUSIVE MODE").ConfigureAwait(false);
        }

        var open = await FindOpenListAsync(tx).ConfigureAwait(false) ?? await OpenListAsync(tx).ConfigureAwait(false);
        var first = (int)open.Allocated;
        var end = Math.Min(first + size, ListCapacity);
        await tx.ExecuteAsync("UPDATE status_lists SET allocated = @end WHERE list = @list", new { end, list = open.List }).ConfigureAwait(false);
        var order = await tx.ScalarAsync<byte[]>(
            "SELECT substr(permutation, @start, @length) FROM status_lists WHERE list = @list",
            new { start = first * sizeof(int) + 1, length = (end - first) * sizeof(int), list = open.List }).ConfigureAwait(false);
        return [.. Enumerable.Range(0, end - first).Select(place =>
            new StatusReference((int)open.List, BinaryPrimitives.ReadInt32LittleEndian(order.AsSpan(place * sizeof(int)))))];
    }

    private static Task<OpenList?> FindOpenListAsync(WriteTransaction tx) => tx.QuerySingleOrDefaultAsync<OpenList>(
        """
        SELECT list AS "List", allocated AS "Allocated"
        FROM status_lists WHERE allocated < capacity ORDER BY list LIMIT 1
        """);

    private async Task<OpenList> OpenListAsync(WriteTransaction tx)
    {
        var order = Enumerable.Range(0, ListCapacity).ToArray();
        RandomNumberGenerator.Shuffle<int>(order);
        var permutation = new byte[ListCapacity * sizeof(int)];
        for (var place = 0; place < order.Length; place++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(permutation.AsSpan(place * sizeof(int)), order[place]);
        }

        var list = await tx.ScalarAsync<long>("SELECT COALESCE(MAX(list), 0) + 1 FROM status_lists").ConfigureAwait(false);
        await tx.ExecuteAsync(
            """
            INSERT INTO status_lists (list, capacity, allocated, permutation, created_at)
            VALUES (@list, @capacity, 0, @permutation, @createdAt)
            """,
            new { list, capacity = ListCapacity, permutation, createdAt = time.GetUtcNow().ToUnixTimeSeconds() }).ConfigureAwait(false);
        return new OpenList { List = list, Allocated = 0 };
    }

    private sealed class OpenList
    {
        public long List { get; init; }

        public long Allocated { get; init; }
    }
}
