using System.Text;
using System.Text.Json;
using Dapper;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Accounts.Mail;
using TradeIdentity.Authority.Languages;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Notices;

/// <summary>
/// Makes mails of notices: to the administrators of an operator, or to the person, each in their language. Each notice is taken by one
/// instance, and its mails are in the outbox or it is not taken.
/// </summary>
public sealed class MailNotices(Database database, TimeProvider time, IMailOut mailOut, MailOutbox outbox)
{
    private const int MostAtOnce = 64;

    // Of an operator: who has more administrators reads it in the portal.
    private const int MostReceivers = 20;

    // What could not be mailed for so long is read in the portal, and startles nobody when mail works again.
    private static readonly TimeSpan StaleAfter = TimeSpan.FromDays(3);

    /// <returns>How many notices were taken; 0: none waits.</returns>
    public async Task<int> ExecuteAsync(CancellationToken cancellationToken)
    {
        // Mostly none waits, and a look takes no turn of the one writer of SQLite.
        if (!mailOut.CanSend || await database.ReadAsync(
            connection => connection.ExecuteScalarAsync<long>(new CommandDefinition(
                "SELECT COUNT(*) FROM (SELECT 1 FROM notices WHERE mailed_at IS NULL LIMIT 1) waiting", cancellationToken: cancellationToken)),
            cancellationToken).ConfigureAwait(false) == 0)
        {
            return 0;
        }

        return await database.WriteAsync(TakeAsync, cancellationToken).ConfigureAwait(false);
    }

    private async Task<int> TakeAsync(WriteTransaction tx)
    {
        var now = time.GetUtcNow();
        // The outer condition is looked at again where another instance took the row meanwhile.
        var taken = await tx.QueryAsync<Row>(
            """
            UPDATE notices SET mailed_at = @Now
            WHERE mailed_at IS NULL AND id IN (SELECT id FROM notices WHERE mailed_at IS NULL ORDER BY id LIMIT @MostAtOnce)
            RETURNING holder AS Holder, kind AS Kind, about AS About, facts AS Facts, at AS At
            """,
            new { Now = now.ToUnixTimeSeconds(), MostAtOnce }).ConfigureAwait(false);
        var told = new HashSet<(string, string, string, long)>();
        foreach (var notice in taken.Where(notice => notice.At >= (now - StaleAfter).ToUnixTimeSeconds()))
        {
            foreach (var receiver in await ReceiversAsync(tx, notice.Holder, now).ConfigureAwait(false))
            {
                // Who acts for both sides reads it once.
                if (told.Add((receiver.Email, notice.Kind, notice.About, notice.At)))
                {
                    await outbox.AddAsync(tx, Mail(notice, receiver), now).ConfigureAwait(false);
                }
            }
        }

        return taken.Count;
    }

    private static OutgoingMail Mail(Row notice, Receiver receiver)
    {
        // The language of an account can be one that is no longer spoken here.
        var language = SpokenLanguages.Find(receiver.Language) ?? SpokenLanguages.English;
        var culture = language.Culture;
        var text = new StringBuilder();
        foreach (var fact in JsonSerializer.Deserialize(notice.Facts, NoticeJson.Default.NoticeFactArray)!)
        {
            text.Append(NoticeWords.Name(fact, culture)).Append(": ").Append(Isolated.In(language, NoticeWords.Value(fact, culture))).Append('\n');
        }

        text.Append('\n').Append(NoticeWords.Meaning(notice.Kind, culture)).Append('\n');
        return new OutgoingMail(
            receiver.Email, new PersonName(receiver.GivenName, receiver.FamilyName).ToString(), NoticeWords.Subject(notice.Kind, culture), text.ToString());
    }

    private static Task<List<Receiver>> ReceiversAsync(WriteTransaction tx, string holder, DateTimeOffset now) => tx.QueryAsync<Receiver>(
        $"""
        SELECT a.email AS Email, a.given_name AS GivenName, a.family_name AS FamilyName, a.language AS Language
        FROM accounts a {(NoticeHolder.TinOf(holder) is null
            ? "WHERE a.id = @id"
            : $"JOIN memberships m ON m.account_id = a.id WHERE m.tin = @id AND {Memberships.InForce} AND ' ' || m.roles || ' ' LIKE @Administrator")}
          AND a.disabled_at IS NULL AND a.email_confirmed = 1
        ORDER BY a.email LIMIT @MostReceivers
        """,
        new { id = NoticeHolder.TinOf(holder) ?? NoticeHolder.AccountOf(holder), Administrator = $"% {MembershipRoles.Administrator} %", Now = now.ToUnixTimeSeconds(), MostReceivers });

    private sealed record Row(string Holder, string Kind, string About, string Facts, long At);

    private sealed record Receiver(string Email, string GivenName, string FamilyName, string Language);
}
