using Microsoft.Data.Sqlite;

namespace TradeIdentity.Authority.Storage;

/// <summary>An act that waits for the one writer of SQLite.</summary>
internal abstract class QueuedAct
{
    /// <summary>False where the caller cancelled before the act began: then it is not run.</summary>
    public abstract bool TryBegin();

    /// <summary>Runs the act; the exception that it may end with is kept for its caller, and answered by false.</summary>
    public abstract bool Run(SqliteConnection connection, SqliteTransaction transaction);

    /// <summary>Tells the caller what the act answered or threw; after the commit.</summary>
    public abstract void Complete();

    public abstract void Fail(Exception reason);
}

internal sealed class QueuedAct<T> : QueuedAct
{
    private const int Waiting = 0;
    private const int Begun = 1;
    private const int Cancelled = 2;

    private readonly Func<WriteTransaction, Task<T>> _act;
    private readonly CancellationToken _cancellation;
    private readonly CancellationTokenRegistration _registration;

    // Callers go on elsewhere: the writer must not run their code.
    private readonly TaskCompletionSource<T> _caller = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task<T>? _ran;
    private int _state;

    public QueuedAct(Func<WriteTransaction, Task<T>> act, CancellationToken cancellation)
    {
        _act = act;
        _cancellation = cancellation;
        _registration = cancellation.UnsafeRegister(static (self, _) => ((QueuedAct<T>)self!).Cancel(), this);
    }

    public Task<T> Outcome => _caller.Task;

    public override bool TryBegin() => Interlocked.CompareExchange(ref _state, Begun, Waiting) == Waiting;

    public override bool Run(SqliteConnection connection, SqliteTransaction transaction)
    {
        _ran = RunAsync(new WriteTransaction(connection, transaction, SqlDialect.Sqlite, _cancellation));
        ((Task)_ran).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing).GetAwaiter().GetResult();
        return _ran.IsCompletedSuccessfully;
    }

    public override void Complete()
    {
        _registration.Dispose();
        _caller.TrySetFromTask(_ran!);
    }

    public override void Fail(Exception reason)
    {
        _registration.Dispose();
        _caller.TrySetException(reason);
    }

    private void Cancel()
    {
        if (Interlocked.CompareExchange(ref _state, Cancelled, Waiting) == Waiting)
        {
            _caller.TrySetCanceled(_cancellation);
        }
    }

    // An act may throw before its first await; as a task that is one path, not two.
    private async Task<T> RunAsync(WriteTransaction transaction) => await _act(transaction).ConfigureAwait(false);
}
