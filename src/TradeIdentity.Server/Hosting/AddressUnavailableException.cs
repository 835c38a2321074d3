namespace TradeIdentity.Server.Hosting;

/// <summary>The server cannot listen where it is told to; the message is one line.</summary>
public sealed class AddressUnavailableException(string message, Exception cause) : Exception(message, cause);
