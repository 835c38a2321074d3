namespace TradeIdentity.Authority.Configuration;

/// <summary>Section <c>Mail</c>: where mail goes out. Without a host, Development writes it to a folder, and production sends none.</summary>
public sealed class MailOptions
{
    public const string StartTls = "StartTls";
    public const string Implicit = "Implicit";

    public string Host { get; set; } = "";

    public int Port { get; set; } = 587;

    /// <summary>The address that mails come from.</summary>
    public string From { get; set; } = "";

    /// <summary>Empty where the server takes mail without.</summary>
    public string UserName { get; set; } = "";

    public string Password { get; set; } = "";

    /// <summary>How TLS begins: <c>StartTls</c> (port 587) or <c>Implicit</c> (port 465). There is no third way: without TLS no mail is sent.</summary>
    public string Tls { get; set; } = StartTls;
}
