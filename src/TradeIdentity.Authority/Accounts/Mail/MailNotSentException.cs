namespace TradeIdentity.Authority.Accounts.Mail;

/// <summary>A mail did not go out; the message names no address.</summary>
public sealed class MailNotSentException(string message, Exception cause) : Exception(message, cause);
