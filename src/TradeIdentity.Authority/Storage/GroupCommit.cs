using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace TradeIdentity.Authority.Storage;

/// <summary>Takes the acts that wait, runs each in a savepoint, and makes them durable with one commit.</summary>
internal sealed class GroupCommit(SqliteConnection connection)
{
    // Bounds of one transaction: what the first act of it may wait for the others.
    private const int MaxActs = 512;
    private const long MaxMilliseconds = 5;

    private const string Savepoint = "act";

    private readonly List<QueuedAct> _begun = new(MaxActs);

    public void Run(ChannelReader<QueuedAct> queue)
    {
        _begun.Clear();
        try
        {
            using var transaction = connection.BeginTransaction(deferred: false);
            RunWaiting(queue, transaction);
            transaction.Commit();
            _begun.ForEach(act => act.Complete());
        }
        catch (SqliteException failure)
        {
            // Nothing of the group is stored: disposing the transaction rolled it back.
            FailAll(queue, failure);
        }
        finally
        {
            // No-op for those that were told already; any other exception ends the writer, and with it their waiting.
            _begun.ForEach(act => act.Fail(new InvalidOperationException("The writer of the database stopped.")));
        }
    }

    private void RunWaiting(ChannelReader<QueuedAct> queue, SqliteTransaction transaction)
    {
        var until = Environment.TickCount64 + MaxMilliseconds;
        while (_begun.Count < MaxActs && Environment.TickCount64 <= until && queue.TryRead(out var act))
        {
            if (!act.TryBegin())
            {
                continue;
            }

            _begun.Add(act);
            transaction.Save(Savepoint);
            if (!act.Run(connection, transaction))
            {
                // Throws where SQLite already rolled back the whole transaction (disk full, I/O error): then all fail.
                transaction.Rollback(Savepoint);
            }

            transaction.Release(Savepoint);
        }
    }

    private void FailAll(ChannelReader<QueuedAct> queue, SqliteException failure)
    {
        // BEGIN failed, e.g. another process held the lock too long: the act at the head must hear it, not wait for ever.
        if (_begun.Count == 0 && queue.TryRead(out var head) && head.TryBegin())
        {
            _begun.Add(head);
        }

        _begun.ForEach(act => act.Fail(failure));
    }
}
