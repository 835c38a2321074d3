using System.Runtime.CompilerServices;
using TradeIdentity.Authority.Credentials;

namespace TradeIdentity.Authority.Issuance;

/// <summary>
/// Issues credentials in bulk, in constant memory: batches are signed on all cores while the one before them is written.
/// </summary>
public sealed class IssueCredentials(IssueBatch batch)
{
    // Status indexes are random, so a small transaction writes nearly as many pages as a large one.
    private const int BatchSize = 2048;

    // One being written, one being signed, one waiting.
    private const int BatchesUnderWay = 3;

    /// <summary>
    /// Answers in the order of <paramref name="requests"/>. A refusal in place of a request (a line that could not be read)
    /// passes through in its place.
    /// </summary>
    public async IAsyncEnumerable<Outcome<IssuedCredential>> ExecuteAsync(
        IAsyncEnumerable<Outcome<CredentialRequest>> requests, string actor, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var underWay = new Queue<Task<IReadOnlyList<Outcome<IssuedCredential>>>>();
        try
        {
            await foreach (var chunk in requests.Chunk(BatchSize).WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                underWay.Enqueue(Task.Run(() => IssueAsync(chunk, actor, cancellationToken), cancellationToken));
                if (underWay.Count == BatchesUnderWay)
                {
                    foreach (var outcome in await underWay.Dequeue().ConfigureAwait(false))
                    {
                        yield return outcome;
                    }
                }
            }

            while (underWay.TryDequeue(out var issuing))
            {
                foreach (var outcome in await issuing.ConfigureAwait(false))
                {
                    yield return outcome;
                }
            }
        }
        finally
        {
            // A reader that stops early leaves batches that have begun: they end before this does, whatever their outcome.
            await ((Task)Task.WhenAll(underWay)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<IReadOnlyList<Outcome<IssuedCredential>>> IssueAsync(Outcome<CredentialRequest>[] chunk, string actor, CancellationToken cancellationToken)
    {
        var requests = chunk.Where(line => line.Refusal is null).Select(line => line.Match(request => request, _ => null!)).ToList();
        var issued = await batch.ExecuteAsync(requests, actor, cancellationToken).ConfigureAwait(false);
        var next = 0;
        return [.. chunk.Select(line => line.Refusal is { } refusal ? refusal : issued[next++])];
    }
}
