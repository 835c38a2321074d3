using System.Collections.Concurrent;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Operators.Imports;

namespace TradeIdentity.Server.Imports;

/// <summary>
/// Imports files of operators beside the requests: whoever sent one may close the browser. It is the act of the API
/// (<see cref="RegisterOperators"/>), whose results are kept here in place of being answered.
/// </summary>
public sealed partial class ImportFiles(RegisterOperators register, RegisterImports imports, ILogger<ImportFiles> logger) : IHostedService, IDisposable
{
    /// <summary>That run at once on this server; who sends another is asked to wait.</summary>
    public const int MostAtOnce = 2;

    private const int ResultsAtOnce = 500;

    private readonly ConcurrentDictionary<string, Task> _running = [];
    private readonly SemaphoreSlim _places = new(MostAtOnce);
    private readonly CancellationTokenSource _stopping = new();

    /// <param name="fileName">As the browser names it.</param>
    /// <param name="content">NDJSON; it is copied before this returns.</param>
    /// <param name="length">Of the content, in bytes.</param>
    /// <param name="officer">The account that imports.</param>
    /// <param name="cancellationToken">Ends the copying; not the import once it has begun.</param>
    /// <returns>The id of the import; null: too many run now.</returns>
    public async Task<string?> BeginAsync(string fileName, Stream content, long length, string officer, CancellationToken cancellationToken)
    {
        if (!_places.Wait(0, CancellationToken.None))
        {
            return null;
        }

        FileStream? copy = null;
        var begun = false;
        try
        {
            copy = new FileStream(Path.GetTempFileName(), FileMode.Create, FileAccess.ReadWrite, FileShare.None, bufferSize: 64 * 1024, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
            await content.CopyToAsync(copy, cancellationToken);
            copy.Position = 0;
            var id = await imports.BeginAsync(fileName, length, officer, cancellationToken);
            _running[id] = RunAsync(id, copy, officer);
            begun = true;
            return id;
        }
        finally
        {
            if (!begun)
            {
                if (copy is not null)
                {
                    await copy.DisposeAsync();
                }

                _places.Release();
            }
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_running.Values).WaitAsync(cancellationToken);
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _places.Dispose();
    }

    private async Task RunAsync(string id, FileStream content, string officer)
    {
        await Task.Yield();
        try
        {
            await using (content)
            {
                await ReadAsync(id, content, officer);
            }

            await imports.EndAsync(id, RegisterImportState.Done, CancellationToken.None);
        }
        catch (Exception broken)
        {
            // Whatever it was: nobody waits for this task, and the officer has to learn that it ended.
            LogFailed(broken, id);
            await EndAsync(id);
        }
        finally
        {
            _running.TryRemove(id, out _);
            _places.Release();
        }
    }

    private async Task ReadAsync(string id, FileStream content, string officer)
    {
        var results = new List<ImportResult>(ResultsAtOnce);
        await foreach (var result in register.ExecuteAsync(NdjsonLines.ReadAsync(content, OperatorDocument.MaxBytes, _stopping.Token), officer, _stopping.Token))
        {
            results.Add(result);
            if (results.Count == ResultsAtOnce)
            {
                // What is durable in the register is told, though the server stops now.
                await imports.AddAsync(id, results, content.Position, CancellationToken.None);
                results.Clear();
            }
        }

        await imports.AddAsync(id, results, content.Position, CancellationToken.None);
    }

    private async Task EndAsync(string id)
    {
        try
        {
            await imports.EndAsync(id, RegisterImportState.Failed, CancellationToken.None);
        }
        catch (Exception unreachable)
        {
            // It is shown as interrupted, when it has made no progress for some minutes.
            LogFailed(unreachable, id);
        }
    }

    [LoggerMessage(EventId = 5301, Level = LogLevel.Error, Message = "Import {Id} ended before its end; lines with a result stand")]
    private partial void LogFailed(Exception failure, string id);
}
