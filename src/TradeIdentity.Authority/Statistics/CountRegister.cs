using System.Data.Common;
using Dapper;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Mandates;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Statistics;

/// <summary>
/// Counts the register, at most once in ten minutes: a count reads all of it. Who asks later than that gets the last one at once, and has the
/// next one made; only the first after the start waits.
/// </summary>
public sealed class CountRegister(Database database, TimeProvider time) : IDisposable
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(10);

    private const int Months = 12;

    // An application that was decided was submitted at most so long before.
    private const int MonthsBefore = 36;

    private readonly SemaphoreSlim _counting = new(1);
    private volatile RegisterFigures? _last;

    public async Task<RegisterFigures> ExecuteAsync(CancellationToken cancellationToken)
    {
        var last = _last;
        if (last is null)
        {
            await _counting.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                return _last ??= await CountAsync(cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                _counting.Release();
            }
        }

        if (time.GetUtcNow() - last.AsOf >= KeptFor && _counting.Wait(0, CancellationToken.None))
        {
            _ = CountAgainAsync();
        }

        return last;
    }

    /// <summary>The same; null where the first count after the start takes longer than <paramref name="patience"/>. It goes on, for who asks next.</summary>
    public async Task<RegisterFigures?> WithinAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        try
        {
            // SQLite counts before it gives a task.
            return await Task.Run(() => ExecuteAsync(CancellationToken.None), CancellationToken.None).WaitAsync(patience, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    public void Dispose() => _counting.Dispose();

    private async Task CountAgainAsync()
    {
        try
        {
            _last = await CountAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (DbException)
        {
            // The last count stays, and says as of when it is; who asks next tries again.
        }
        finally
        {
            _counting.Release();
        }
    }

    private Task<RegisterFigures> CountAsync(CancellationToken cancellationToken) => database.ReadAsync(
        async connection =>
        {
            var now = time.GetUtcNow();
            var countries = (await QueryAsync<CountryRow>(
                "SELECT SUBSTR(jurisdiction, 1, 2) AS Country, COUNT(*) AS Operators, COUNT(succession_kind) AS Succeeded FROM operators GROUP BY SUBSTR(jurisdiction, 1, 2)").ConfigureAwait(false)).AsList();
            var renamed = await connection.ExecuteScalarAsync<long>(Command("SELECT COUNT(*) FROM operators WHERE succession_kind = @renamed", new { renamed = (int)Verification.Trust.SuccessionKind.Renamed })).ConfigureAwait(false);
            var aeo = await QueryAsync<AeoRow>(
                "SELECT programme AS Programme, component AS Component, status AS Status, COUNT(*) AS Operators FROM aeo_components GROUP BY programme, component, status ORDER BY programme, component, status").ConfigureAwait(false);
            var mandates = await connection.ExecuteScalarAsync<long>(Command(
                "SELECT COUNT(*) FROM mandates WHERE state = @accepted AND valid_from <= @now AND valid_until > @now",
                new { accepted = (int)MandateState.Accepted, now = now.ToUnixTimeSeconds() })).ConfigureAwait(false);
            return new RegisterFigures(
                now,
                countries.Sum(row => row.Operators),
                countries.Sum(row => row.Succeeded) - renamed,
                mandates,
                [.. countries.OrderByDescending(row => row.Operators).ThenBy(row => row.Country, StringComparer.Ordinal).Select(row => new CountryFigure(row.Country, row.Operators))],
                [.. aeo.Select(row => new AeoFigure(row.Programme, row.Component, row.Status, row.Operators))],
                await MonthsAsync(now).ConfigureAwait(false));

            async Task<IReadOnlyList<MonthFigure>> MonthsAsync(DateTimeOffset at)
            {
                var thisMonth = new DateOnly(at.UtcDateTime.Year, at.UtcDateTime.Month, 1);
                var steps = await connection.QueryAsync<StepRow>(Command(
                    $"""
                    SELECT tin AS Tin, programme AS Programme, component AS Component, act AS Act, recorded_at AS RecordedAt FROM aeo_history
                    WHERE act IN ('{AeoAct.Submit.ToCode()}', '{AeoAct.Grant.ToCode()}', '{AeoAct.Refuse.ToCode()}', '{AeoAct.Reject.ToCode()}') AND recorded_at >= @since
                    ORDER BY tin, programme, component, step
                    """,
                    new { since = Start(thisMonth.AddMonths(-Months - MonthsBefore)).ToUnixTimeSeconds() })).ConfigureAwait(false);
                return MonthsOf(steps, thisMonth);
            }

            Task<IEnumerable<T>> QueryAsync<T>(string sql) => connection.QueryAsync<T>(Command(sql, null));

            CommandDefinition Command(string sql, object? parameters) => new(sql, parameters, cancellationToken: cancellationToken);
        },
        cancellationToken);

    private static MonthFigure[] MonthsOf(IEnumerable<StepRow> steps, DateOnly thisMonth)
    {
        var submitted = new List<DateTimeOffset>();
        var decided = new List<(DateTimeOffset At, bool Granted, int? Days)>();
        StepRow? open = null;
        foreach (var step in steps)
        {
            var at = DateTimeOffset.FromUnixTimeSeconds(step.RecordedAt);
            if (step.Act == AeoAct.Submit.ToCode())
            {
                submitted.Add(at);
                open = step;
                continue;
            }

            int? days = open is not null && (open.Tin, open.Programme, open.Component) == (step.Tin, step.Programme, step.Component)
                ? (int)(at - DateTimeOffset.FromUnixTimeSeconds(open.RecordedAt)).TotalDays : null;
            decided.Add((at, step.Act == AeoAct.Grant.ToCode(), days));
            open = null;
        }

        return
        [
            .. Enumerable.Range(1 - Months, Months).Select(thisMonth.AddMonths).Select(month =>
            {
                bool IsOf(DateTimeOffset at) => at >= Start(month) && at < Start(month.AddMonths(1));
                var of = decided.FindAll(decision => IsOf(decision.At));
                int[] days = [.. of.Select(decision => decision.Days).OfType<int>().Order()];
                return new MonthFigure(month, submitted.Count(IsOf), of.Count(decision => decision.Granted), of.Count(decision => !decision.Granted), days.Length == 0 ? null : days[days.Length / 2]);
            }),
        ];
    }

    private static DateTimeOffset Start(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);

    private sealed class CountryRow
    {
        public required string Country { get; init; }

        public required long Operators { get; init; }

        public required long Succeeded { get; init; }
    }

    private sealed class AeoRow
    {
        public required string Programme { get; init; }

        public required string Component { get; init; }

        public required string Status { get; init; }

        public required long Operators { get; init; }
    }

    private sealed class StepRow
    {
        public required string Tin { get; init; }

        public required string Programme { get; init; }

        public required string Component { get; init; }

        public required string Act { get; init; }

        public required long RecordedAt { get; init; }
    }
}
