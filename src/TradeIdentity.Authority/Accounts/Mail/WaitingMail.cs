using System.Threading.Channels;

namespace TradeIdentity.Authority.Accounts.Mail;

/// <summary>
/// Mails that wait for the mail server. A request does not wait for it: its time would tell whether a mail was sent, and so
/// whether an account exists. What waits when the process ends is lost, and the person asks again; what the mail server refuses goes
/// to <see cref="MailOutbox"/>.
/// </summary>
public sealed class WaitingMail
{
    // Past that the server does not answer, and requests are told that it is too much.
    private const int Longest = 1000;

    private readonly Channel<OutgoingMail> _waiting = Channel.CreateBounded<OutgoingMail>(Longest);

    public ChannelReader<OutgoingMail> All => _waiting.Reader;

    /// <returns>False where too many wait.</returns>
    public bool TryAdd(OutgoingMail mail) => _waiting.Writer.TryWrite(mail);
}
