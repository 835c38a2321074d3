using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Mandates;

/// <summary>
/// Ends a mandate for good: the grantor, or the principal at the head of the chain, revokes it; the representative renounces it. What
/// hangs from it breaks at once: it is judged by all its links, and posts learn of this one by its status.
/// </summary>
public sealed class EndMandate(Database database, TimeProvider time)
{
    private const int LongestGround = 500;

    /// <param name="id">The mandate.</param>
    /// <param name="ground">Why, in the words of who ends it.</param>
    /// <param name="actor">Who ends it.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    public async Task<Outcome<MandateChain>> ExecuteAsync(string id, string ground, MandateActor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ground);
        ArgumentNullException.ThrowIfNull(actor);
        return PrintableText.Normalise(ground, LongestGround) is { } words
            ? await database.WriteAsync(tx => EndAsync(tx, id, words, actor), cancellationToken).ConfigureAwait(false)
            : new Refusal("ground_invalid", $"A ground of 1 to {LongestGround} printable characters on one line is required.");
    }

    private async Task<Outcome<MandateChain>> EndAsync(WriteTransaction tx, string id, string ground, MandateActor actor)
    {
        if (await MandateReader.FindAsync(tx, id).ConfigureAwait(false) is not { } chain)
        {
            return MandateReader.Unknown;
        }

        var mandate = chain.Last;
        if (await SideAsync(tx, mandate, actor, time.GetUtcNow()).ConfigureAwait(false) is not { } end)
        {
            return new Refusal("mandate_not_yours", "Only its grantor, its principal or its representative ends a mandate.");
        }

        if (mandate.State is not (MandateState.Offered or MandateState.Accepted))
        {
            return new Refusal("mandate_ended", $"The mandate is {mandate.State.ToCode()}.");
        }

        return chain.WithLast(await RecordMandateEnd.ExecuteAsync(tx, mandate, end, ground, actor, time.GetUtcNow()).ConfigureAwait(false));
    }

    private static async Task<MandateState?> SideAsync(WriteTransaction tx, Mandate mandate, MandateActor actor, DateTimeOffset now) =>
        await MandateParties.MayBindAsync(tx, actor, mandate.Grantor, now).ConfigureAwait(false)
        || await MandateParties.MayBindAsync(tx, actor, mandate.Principal, now).ConfigureAwait(false) ? MandateState.Revoked
        : await MandateParties.MayBindAsync(tx, actor, mandate.Representative, now).ConfigureAwait(false) ? MandateState.Renounced
        : null;
}
