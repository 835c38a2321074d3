using System.Text.Json;
using System.Text.Json.Serialization;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Authority.Webhooks;

namespace TradeIdentity.Authority.Notices;

/// <summary>Tells operators and people of an act, in its transaction: it is told if it happened, and only then.</summary>
internal static class GiveNotice
{
    /// <param name="tx">The transaction of the act.</param>
    /// <param name="holders">Whom (<see cref="NoticeHolder"/>); each is told once.</param>
    /// <param name="kind">What happened.</param>
    /// <param name="about">What it happened to.</param>
    /// <param name="facts">More of it.</param>
    /// <param name="now">The time of the act.</param>
    public static Task<int> ExecuteAsync(WriteTransaction tx, IEnumerable<string> holders, string kind, string about, NoticeFact[] facts, DateTimeOffset now) =>
        InsertAsync(tx, holders, kind, about, facts, now, once: null);

    /// <summary>Tells it unless it was told before under the same name, by whichever instance.</summary>
    /// <returns>How many were told.</returns>
    public static Task<int> OnceAsync(WriteTransaction tx, IEnumerable<string> holders, string kind, string about, NoticeFact[] facts, DateTimeOffset now, string once) =>
        InsertAsync(tx, holders, kind, about, facts, now, once);

    private static async Task<int> InsertAsync(WriteTransaction tx, IEnumerable<string> holders, string kind, string about, NoticeFact[] facts, DateTimeOffset now, string? once)
    {
        var told = 0;
        foreach (var holder in holders.Distinct(StringComparer.Ordinal))
        {
            var id = TimeOrderedId.New(now);
            if (await tx.ExecuteAsync(
                """
                INSERT INTO notices (id, holder, kind, about, facts, at, once) VALUES (@Id, @Holder, @Kind, @About, @Facts, @At, @Once)
                ON CONFLICT (once) DO NOTHING
                """,
                new
                {
                    Id = id,
                    Holder = holder,
                    Kind = kind,
                    About = about,
                    Facts = JsonSerializer.Serialize(facts, NoticeJson.Default.NoticeFactArray),
                    At = now.ToUnixTimeSeconds(),
                    Once = once is null ? null : $"{holder} {once}",
                }).ConfigureAwait(false) == 0)
            {
                continue;
            }

            told++;
            if (NoticeHolder.TinOf(holder) is { } tin)
            {
                await WebhookOutbox.AddAsync(tx, tin, id, now).ConfigureAwait(false);
            }
        }

        return told;
    }
}

[JsonSerializable(typeof(NoticeFact[]))]
internal sealed partial class NoticeJson : JsonSerializerContext;
