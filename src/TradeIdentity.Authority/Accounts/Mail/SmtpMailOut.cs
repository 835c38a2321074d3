using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using TradeIdentity.Authority.Configuration;

namespace TradeIdentity.Authority.Accounts.Mail;

/// <summary>Mail of production, by the submission server of the section Mail; never without TLS.</summary>
public sealed class SmtpMailOut(MailOptions options, string fromName, TimeProvider time) : IMailOut
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public bool CanSend => true;

    public async Task SendAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        using var message = MailMessage.Of(mail, options.From, fromName, time.GetUtcNow());
        using var client = new SmtpClient { Timeout = (int)Patience.TotalMilliseconds };
        try
        {
            // StartTls, not "when available": a server or someone between that offers none gets nothing (RFC 8314 §3).
            await client.ConnectAsync(
                options.Host, options.Port, options.Tls == MailOptions.Implicit ? SecureSocketOptions.SslOnConnect : SecureSocketOptions.StartTls, cancellationToken);
            if (options.UserName.Length > 0)
            {
                await client.AuthenticateAsync(options.UserName, options.Password, cancellationToken);
            }

            await client.SendAsync(message, cancellationToken);
            await client.DisconnectAsync(quit: true, cancellationToken);
        }
        catch (Exception unsent) when (unsent is CommandException or ProtocolException or AuthenticationException or SslHandshakeException
            or IOException or SocketException or NotSupportedException or TimeoutException)
        {
            throw new MailNotSentException($"The mail server of Mail:Host did not take it: {unsent.GetType().Name}.", unsent);
        }
    }
}
