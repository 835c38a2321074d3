using TradeIdentity.Authority.Accounts.Sessions;

namespace TradeIdentity.Server.Accounts;

/// <summary>What a try to sign in came to.</summary>
public abstract record SignInAnswer
{
    private SignInAnswer()
    {
    }

    /// <summary>The cookie is written, and the request at hand is of the session.</summary>
    public sealed record SignedIn(Session Session) : SignInAnswer;

    /// <summary>The password is right; a code of the authenticator application, or a recovery code, is to follow within five minutes.</summary>
    public sealed record SecondFactorNeeded : SignInAnswer;

    /// <summary>
    /// Not signed in. Wrong, unknown, locked and disabled are one answer, in one time: a stranger learns nothing. Say that
    /// it was wrong, or that there were too many tries.
    /// </summary>
    public sealed record Failed : SignInAnswer;

    /// <summary>The password is right, and the e-mail address is not confirmed yet: offer to send the link again.</summary>
    public sealed record EmailNotConfirmed(string AccountId) : SignInAnswer;

    /// <summary>Too many tries, of this account or from this address: answer 429 with <c>Retry-After</c>.</summary>
    public sealed record Wait(int Seconds) : SignInAnswer;
}
