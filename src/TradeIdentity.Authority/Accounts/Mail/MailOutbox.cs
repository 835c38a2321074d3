using System.Text.Json;
using System.Text.Json.Serialization;
using Dapper;
using TradeIdentity.Authority.Keys;
using TradeIdentity.Authority.OpenId;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Accounts.Mail;

/// <summary>
/// Mails that the mail server did not take, until it does, and those that tell of an act, in its transaction. Each is tried by one
/// instance at a time, later each time, and after the eighth attempt no more. Of mails that a stranger can ask for, only what was refused
/// comes here, so that no request's time tells whether it sent a mail.
/// </summary>
public sealed class MailOutbox(Database database, TimeProvider time, KeyEncryptionKey encryptionKey)
{
    private const int MostAtOnce = 32;

    private const string Insert = "INSERT INTO mail_outbox (id, sealed, attempts, next_attempt_at) VALUES (@Id, @Sealed, @Attempts, @Next)";

    private readonly SecretSeal _seal = new(encryptionKey, "mail outbox");

    /// <summary>Takes a mail that was refused once.</summary>
    public Task AddAsync(OutgoingMail mail, CancellationToken cancellationToken) =>
        database.ExecuteAsync(Insert, RowOf(mail, attempts: 1, time.GetUtcNow().AddSeconds(OutboxSchedule.FirstDelaySeconds)), cancellationToken);

    /// <summary>Takes a mail that tells of an act: it is sent if the act is stored, and only then.</summary>
    internal Task AddAsync(WriteTransaction tx, OutgoingMail mail, DateTimeOffset now) => tx.ExecuteAsync(Insert, RowOf(mail, attempts: 0, now));

    private object RowOf(OutgoingMail mail, int attempts, DateTimeOffset next)
    {
        var id = EntityId.New(time);
        return new { Id = id, Sealed = _seal.Seal(id, JsonSerializer.SerializeToUtf8Bytes(mail, MailOutboxJson.Default.OutgoingMail)), Attempts = attempts, Next = next.ToUnixTimeSeconds() };
    }

    /// <summary>What is due; it comes up again unless it is removed.</summary>
    public async Task<IReadOnlyList<DueMail>> TakeDueAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        // Mostly nothing is due, and a look takes no turn of the one writer of SQLite.
        if (await database.ReadAsync(
            connection => connection.ExecuteScalarAsync<long>(new CommandDefinition(
                "SELECT COUNT(*) FROM (SELECT 1 FROM mail_outbox WHERE next_attempt_at <= @now LIMIT 1) due", new { now }, cancellationToken: cancellationToken)),
            cancellationToken) == 0)
        {
            return [];
        }

        // The outer condition is looked at again where another instance took the row meanwhile.
        var rows = await database.WriteAsync(
            tx => tx.QueryAsync<Row>(
                $"""
                UPDATE mail_outbox SET attempts = attempts + 1, next_attempt_at = @Now + {OutboxSchedule.Delay}
                WHERE next_attempt_at <= @Now AND id IN (
                    SELECT id FROM mail_outbox WHERE next_attempt_at <= @Now ORDER BY next_attempt_at LIMIT @MostAtOnce)
                RETURNING id AS Id, sealed AS Sealed, attempts AS Attempts
                """,
                new { Now = now, OutboxSchedule.FirstDelaySeconds, MostAtOnce }),
            cancellationToken);
        return rows.ConvertAll(row => new DueMail(
            row.Id, JsonSerializer.Deserialize(_seal.Open(row.Id, row.Sealed), MailOutboxJson.Default.OutgoingMail)!, row.Attempts >= OutboxSchedule.MostAttempts));
    }

    /// <summary>Sent, or given up.</summary>
    public Task RemoveAsync(DueMail mail, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(mail);
        return database.ExecuteAsync("DELETE FROM mail_outbox WHERE id = @Id", new { mail.Id }, cancellationToken);
    }

    private sealed record Row(string Id, byte[] Sealed, long Attempts);
}

/// <summary>A mail that is tried again.</summary>
/// <param name="Id">Names it in the outbox.</param>
/// <param name="Mail">The mail.</param>
/// <param name="IsLastAttempt">What fails now is given up.</param>
public sealed record DueMail(string Id, OutgoingMail Mail, bool IsLastAttempt);

[JsonSerializable(typeof(OutgoingMail))]
internal sealed partial class MailOutboxJson : JsonSerializerContext;
