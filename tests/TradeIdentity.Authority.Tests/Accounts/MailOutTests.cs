using System.Net;
using System.Net.Sockets;
using System.Text;
using TradeIdentity.Authority.Accounts.Mail;
using TradeIdentity.Authority.Configuration;

namespace TradeIdentity.Authority.Tests.Accounts;

public sealed class MailOutTests : IDisposable
{
    private static readonly OutgoingMail Mail = new("ada@trader.example", "Ada Ö", "Sujet é", "Line one\nhttps://identity.customs.example/account/confirm-email?token=a%2Bb\n");
    private readonly string _folder = Directory.CreateTempSubdirectory("tradeidentity-tests-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mail_of_Development_is_a_file_of_a_maildir_folder()
    {
        await new MaildirMailOut(_folder, "Example Customs", new ManualTime(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero))).SendAsync(Mail, Cancellation);

        Assert.Empty(Directory.GetFiles(Path.Combine(_folder, "tmp")));
        using var message = await MimeKit.MimeMessage.LoadAsync(Assert.Single(Directory.GetFiles(Path.Combine(_folder, "new"))), Cancellation);
        Assert.Equal(("Sujet é", "ada@trader.example"), (message.Subject, Assert.Single(message.To.Mailboxes).Address));
        Assert.Equal(Mail.Text, message.TextBody!.ReplaceLineEndings("\n"));
        Assert.Equal("auto-generated", message.Headers["Auto-Submitted"]);
    }

    [Fact]
    public async Task A_server_that_offers_no_TLS_gets_neither_mail_nor_password()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var heard = HearAsync(listener);
        var options = new MailOptions { Host = "127.0.0.1", Port = ((IPEndPoint)listener.LocalEndpoint).Port, From = "identity@customs.example", UserName = "identity", Password = "secret-of-mail" };

        var unsent = await Assert.ThrowsAsync<MailNotSentException>(() => new SmtpMailOut(options, "Example Customs", TimeProvider.System).SendAsync(Mail, Cancellation));

        Assert.DoesNotContain("ada", unsent.Message, StringComparison.Ordinal);
        var commands = (await heard).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("EHLO", commands[0], StringComparison.Ordinal);
        Assert.DoesNotContain(commands, command => command.StartsWith("AUTH", StringComparison.Ordinal) || command.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_one_failure()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        await Assert.ThrowsAsync<MailNotSentException>(() =>
            new SmtpMailOut(new MailOptions { Host = "127.0.0.1", Port = port, From = "identity@customs.example" }, "Example Customs", TimeProvider.System).SendAsync(Mail, Cancellation));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task<string> HearAsync(TcpListener listener)
    {
        using var client = await listener.AcceptTcpClientAsync(Cancellation);
        await using var stream = client.GetStream();
        await stream.WriteAsync("220 mail.example ESMTP\r\n"u8.ToArray(), Cancellation);
        var heard = new StringBuilder();
        var buffer = new byte[1024];
        while (await stream.ReadAsync(buffer, Cancellation) is > 0 and var read)
        {
            var line = Encoding.ASCII.GetString(buffer, 0, read);
            heard.Append(line);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(line.StartsWith("EHLO", StringComparison.Ordinal) ? "250-mail.example\r\n250 AUTH PLAIN LOGIN\r\n" : "502 no\r\n"), Cancellation);
        }

        return heard.ToString();
    }
}
