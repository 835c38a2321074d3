using TradeIdentity.Authority.Notices;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Mandates;

/// <summary>Tells both sides, and the principal, what became of a mandate, in the transaction of the act.</summary>
internal static class MandateNotices
{
    /// <param name="tx">The transaction of the act.</param>
    /// <param name="mandate">The mandate.</param>
    /// <param name="kind">What became of it, e.g. <c>mandate-accepted</c>.</param>
    /// <param name="now">The time of the act.</param>
    internal static async Task GiveAsync(WriteTransaction tx, Mandate mandate, string kind, DateTimeOffset now) =>
        await GiveNotice.ExecuteAsync(tx, Parties(mandate), kind, mandate.Id, await FactsAsync(tx, mandate).ConfigureAwait(false), now).ConfigureAwait(false);

    /// <summary>That it ends soon; told once under this name.</summary>
    internal static async Task<int> WarnAsync(WriteTransaction tx, Mandate mandate, DateTimeOffset now, string once) =>
        await GiveNotice.OnceAsync(tx, Parties(mandate), "mandate-ends", mandate.Id, await FactsAsync(tx, mandate).ConfigureAwait(false), now, once).ConfigureAwait(false);

    private static string[] Parties(Mandate mandate) =>
    [
        NoticeHolder.Of(mandate.Principal),
        NoticeHolder.Of(mandate.Grantor),
        mandate.Representative switch
        {
            MandateRepresentative.OfOperator entity => NoticeHolder.Of(entity.Tin),
            MandateRepresentative.OfPerson person => NoticeHolder.Of(person.AccountId),
            _ => throw new InvalidOperationException("A representative is an operator or a person."),
        },
    ];

    private static async Task<NoticeFact[]> FactsAsync(WriteTransaction tx, Mandate mandate)
    {
        var names = await MandateNames.ReadAsync(tx, mandate).ConfigureAwait(false);
        return
        [
            new("principal", $"{names.Of(mandate.Principal)} ({mandate.Principal})"),
            new("grantor", $"{names.Of(mandate.Grantor)} ({mandate.Grantor})"),
            // The name of a natural person is not kept twice: the mandate has it.
            mandate.Representative is MandateRepresentative.OfOperator entity
                ? new("representative", $"{names.Of(entity.Tin)} ({entity.Tin})")
                : new("representative-person", "person"),
            new("representation", mandate.Kind.ToCode()),
            new("from", NoticeWords.Write(mandate.ValidFrom)),
            new("until", NoticeWords.Write(mandate.ValidUntil)),
        ];
    }
}
