using TradeIdentity.Authority;

namespace TradeIdentity.Cli.Authority;

/// <summary>How the authority's commands end.</summary>
internal static class Answer
{
    internal const int Done = 0;
    internal const int NotDone = 1;

    /// <summary>Who acts, for the audit trail: whoever can read the authority's keys.</summary>
    internal const string Actor = "command-line";

    internal static int Refused(Refusal refusal)
    {
        Console.Error.WriteLine($"{refusal.Code}: {refusal.Detail}");
        return NotDone;
    }
}
