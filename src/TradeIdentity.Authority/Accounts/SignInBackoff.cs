namespace TradeIdentity.Authority.Accounts;

/// <summary>
/// How long guesses lock an account: not at all for the first, then a minute, doubled by each further one. Bounded, so that a
/// stranger who guesses on purpose cannot keep a person out for long; a passkey is never locked out.
/// </summary>
internal static class SignInBackoff
{
    private const int FreeGuesses = 4;
    private const int LongestMinutes = 15;

    public static DateTimeOffset? After(long failed, DateTimeOffset now) =>
        failed <= FreeGuesses ? null : now.AddMinutes(Math.Min(LongestMinutes, 1L << (int)Math.Min(failed - FreeGuesses - 1, 10)));
}
