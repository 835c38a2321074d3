namespace TradeIdentity.Cli.Verifier;

/// <summary>The call cannot be answered as it is; the message says how to mend it.</summary>
internal sealed class UsageException(string message) : Exception(message)
{
    /// <summary>As a script gives it whose variable is not set.</summary>
    internal static UsageException NoName() => new("The name of a file is empty.");
}
