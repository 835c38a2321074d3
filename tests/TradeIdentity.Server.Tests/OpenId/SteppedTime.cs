using System.Collections.Concurrent;

namespace TradeIdentity.Server.Tests.OpenId;

/// <summary>The true time, whose timers ring when the test says so and else never.</summary>
internal sealed class SteppedTime : TimeProvider
{
    private readonly ConcurrentBag<(TimerCallback Callback, object? State)> _timers = [];

    public void Ring()
    {
        foreach (var (callback, state) in _timers)
        {
            callback(state);
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        _timers.Add((callback, state));
        return new Silent();
    }

    private sealed class Silent : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => default;
    }
}
