namespace TradeIdentity.Cli.Verifier;

/// <summary>How the verifier's commands end; scripts rely on it.</summary>
internal static class ExitCodes
{
    internal const int Accepted = 0;
    internal const int Rejected = 1;
    internal const int Undetermined = 2;

    /// <summary>sysexits.h EX_USAGE: the call is wrong, nothing was judged.</summary>
    internal const int Usage = 64;
}
