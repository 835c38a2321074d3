namespace TradeIdentity.Authority.Accounts.Registration;

/// <summary>What an act that ends in a mail came to. It does not tell whether there was an account.</summary>
public abstract record MailActAnswer
{
    private MailActAnswer()
    {
    }

    /// <summary>If there is something to send, it is on its way.</summary>
    public sealed record Sent : MailActAnswer;

    /// <summary>What was entered is not as it must be.</summary>
    /// <param name="Codes">As the framework names them, e.g. <c>PasswordTooShort</c>, and our <c>PasswordBreached</c>, <c>PasswordTooLong</c>, <c>PasswordIsEmail</c>.</param>
    public sealed record Invalid(IReadOnlyList<string> Codes) : MailActAnswer;

    /// <summary>Too often from this address or for this account: answer 429 with <c>Retry-After</c>.</summary>
    public sealed record Wait(int Seconds) : MailActAnswer;

    /// <summary>This server sends no mail: registration by e-mail is not possible here.</summary>
    public sealed record NoMail : MailActAnswer;
}
