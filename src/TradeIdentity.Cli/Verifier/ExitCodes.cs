namespace TradeIdentity.Cli.Verifier;

/// <summary>How the verifier's commands end; scripts rely on it.</summary>
internal static class ExitCodes
{
    internal const int Accepted = 0;
    internal const int Rejected = 1;
    internal const int Undetermined = 2;

    /// <summary>sysexits.h EX_USAGE: the call is wrong, nothing was judged.</summary>
    internal const int Usage = 64;

    /// <summary>sysexits.h EX_IOERR: a file could not be read to its end, or not be written.</summary>
    internal const int InputOutput = 74;

    /// <summary>What shells give for a program that was interrupted (128 + SIGINT).</summary>
    internal const int Interrupted = 130;
}
