using System.Globalization;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Accounts.Mail;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Mandates;

/// <summary>
/// Tells both sides, and the principal, what became of a mandate: the administrators of the operators, and the natural person. The mails
/// are in the outbox with the act or not at all.
/// </summary>
public sealed class MandateMails(IMailOut mailOut, MailOutbox outbox)
{
    // Of an operator: who has more administrators reads it in the portal.
    private const int MostReceivers = 20;

    internal Task GrantedAsync(WriteTransaction tx, Mandate mandate, DateTimeOffset now) => TellAsync(
        tx, mandate, now,
        "A mandate was granted", "It holds once it is accepted.",
        "Un mandat a été donné", "Il vaut dès qu’il est accepté.");

    internal Task AnsweredAsync(WriteTransaction tx, Mandate mandate, MandateState answer, DateTimeOffset now) => answer == MandateState.Accepted
        ? TellAsync(tx, mandate, now, "A mandate was accepted", "It holds from now on, within its dates.", "Un mandat a été accepté", "Il vaut désormais, entre ses dates.")
        : TellAsync(tx, mandate, now, "A mandate was declined", "It does not hold.", "Un mandat a été décliné", "Il ne vaut pas.");

    internal Task EndedAsync(WriteTransaction tx, Mandate mandate, MandateState end, DateTimeOffset now) => end == MandateState.Revoked
        ? TellAsync(tx, mandate, now, "A mandate was revoked", "It no longer holds, nor does what hangs from it.", "Un mandat a été révoqué", "Il ne vaut plus, ni ce qui en dépend.")
        : TellAsync(tx, mandate, now, "A mandate was renounced", "It no longer holds, nor does what hangs from it.", "Il a été renoncé à un mandat", "Il ne vaut plus, ni ce qui en dépend.");

    private async Task TellAsync(WriteTransaction tx, Mandate mandate, DateTimeOffset now, string subject, string meaning, string sujet, string sens)
    {
        if (!mailOut.CanSend)
        {
            return;
        }

        var names = await MandateNames.ReadAsync(tx, mandate).ConfigureAwait(false);
        foreach (var receiver in await ReceiversAsync(tx, mandate).ConfigureAwait(false))
        {
            var french = receiver.Language.StartsWith("fr", StringComparison.OrdinalIgnoreCase);
            var name = new PersonName(receiver.GivenName, receiver.FamilyName).ToString();
            await outbox.AddAsync(
                tx,
                french
                    ? new OutgoingMail(receiver.Email, name, sujet, $"{Dit(mandate, names)}\n\n{sens}\n")
                    : new OutgoingMail(receiver.Email, name, subject, $"{Says(mandate, names)}\n\n{meaning}\n"),
                now).ConfigureAwait(false);
        }
    }

    private static string Says(Mandate mandate, MandateNames names) =>
        $"""
        Principal: {names.Of(mandate.Principal)} ({mandate.Principal})
        Granted by: {names.Of(mandate.Grantor)} ({mandate.Grantor})
        Representative: {RepresentativeOf(mandate, names)}
        Representation: {mandate.Kind.ToCode()}
        From: {Day(mandate.ValidFrom)} until {Day(mandate.ValidUntil)} (UTC)
        """;

    private static string Dit(Mandate mandate, MandateNames names) =>
        $"""
        Mandant : {names.Of(mandate.Principal)} ({mandate.Principal})
        Donné par : {names.Of(mandate.Grantor)} ({mandate.Grantor})
        Représentant : {RepresentativeOf(mandate, names)}
        Représentation : {(mandate.Kind == MandateKind.Direct ? "directe" : "indirecte")}
        Du {Day(mandate.ValidFrom)} au {Day(mandate.ValidUntil)} (UTC)
        """;

    private static string RepresentativeOf(Mandate mandate, MandateNames names) => mandate.Representative is MandateRepresentative.OfOperator entity
        ? $"{names.Of(entity.Tin)} ({entity.Tin})"
        : names.Of(mandate.Representative) ?? "";

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static Task<List<Receiver>> ReceiversAsync(WriteTransaction tx, Mandate mandate) => tx.QueryAsync<Receiver>(
        """
        SELECT DISTINCT a.email AS Email, a.given_name AS GivenName, a.family_name AS FamilyName, a.language AS Language
        FROM accounts a LEFT JOIN memberships m ON m.account_id = a.id AND m.until IS NULL
        WHERE a.disabled_at IS NULL AND a.email_confirmed = 1
          AND (a.id = @Person OR (m.tin IN (@Principal, @Grantor, @Entity) AND ' ' || m.roles || ' ' LIKE @Administrator))
        ORDER BY a.email LIMIT @MostReceivers
        """,
        new
        {
            Person = (mandate.Representative as MandateRepresentative.OfPerson)?.AccountId ?? "",
            Principal = mandate.Principal.Value,
            Grantor = mandate.Grantor.Value,
            Entity = (mandate.Representative as MandateRepresentative.OfOperator)?.Tin.Value ?? "",
            Administrator = $"% {MembershipRoles.Administrator} %",
            MostReceivers,
        });

    private sealed record Receiver(string Email, string GivenName, string FamilyName, string Language);
}
