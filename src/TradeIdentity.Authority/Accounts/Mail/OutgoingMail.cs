namespace TradeIdentity.Authority.Accounts.Mail;

/// <summary>A mail of plain text to one person.</summary>
public sealed record OutgoingMail(string To, string ToName, string Subject, string Text);
