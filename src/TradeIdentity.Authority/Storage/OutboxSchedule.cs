namespace TradeIdentity.Authority.Storage;

/// <summary>When what waits in an outbox is tried again: later each time, and at last no more.</summary>
internal static class OutboxSchedule
{
    /// <summary>The eighth is two hours after the first.</summary>
    public const int MostAttempts = 8;

    public const int FirstDelaySeconds = 30;

    /// <summary>Of an UPDATE: the seconds from now to the attempt after the one that begins, from <c>attempts</c> and <c>@FirstDelaySeconds</c>.</summary>
    public const string Delay =
        """
        @FirstDelaySeconds * (CASE attempts
            WHEN 0 THEN 1 WHEN 1 THEN 2 WHEN 2 THEN 4 WHEN 3 THEN 8 WHEN 4 THEN 32 WHEN 5 THEN 64 ELSE 128 END)
        """;
}
