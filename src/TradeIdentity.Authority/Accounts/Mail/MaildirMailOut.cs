using System.Globalization;
using System.Security.Cryptography;

namespace TradeIdentity.Authority.Accounts.Mail;

/// <summary>Mail of Development: each a file of a maildir folder, whole when it appears in <c>new</c>.</summary>
public sealed class MaildirMailOut(string folder, string fromName, TimeProvider time) : IMailOut
{
    private const string From = "tradeidentity@localhost";

    public bool CanSend => true;

    public async Task SendAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var name = string.Create(CultureInfo.InvariantCulture, $"{now.ToUnixTimeMilliseconds()}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}.tradeidentity");
        foreach (var part in new[] { "tmp", "new", "cur" })
        {
            Directory.CreateDirectory(Path.Combine(folder, part));
        }

        var written = Path.Combine(folder, "tmp", name);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            // The links in it open accounts.
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            using var message = MailMessage.Of(mail, From, fromName, now);
            await using (var file = new FileStream(written, options))
            {
                await message.WriteToAsync(file, cancellationToken);
            }

            File.Move(written, Path.Combine(folder, "new", name));
        }
        catch (Exception unwritten) when (unwritten is IOException or UnauthorizedAccessException)
        {
            throw new MailNotSentException("The mail folder cannot be written.", unwritten);
        }
    }
}
