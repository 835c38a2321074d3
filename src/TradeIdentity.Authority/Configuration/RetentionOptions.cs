namespace TradeIdentity.Authority.Configuration;

/// <summary>Section <c>Retention</c>: how many days what is stored about people is kept.</summary>
public sealed class RetentionOptions
{
    /// <summary>After its person closed it; till then an administrator can open it again.</summary>
    public int ClosedAccountDays { get; set; } = 30;

    /// <summary>Without a sign-in, of who is no officer and acts for nobody. 1096 days: three years.</summary>
    public int UnusedAccountDays { get; set; } = 1096;

    /// <summary>Whose address nobody confirmed.</summary>
    public int UnconfirmedAccountDays { get; set; } = 30;

    /// <summary>Sessions that ended.</summary>
    public int EndedSessionDays { get; set; } = 30;

    /// <summary>The address in an invitation that was settled or lapsed.</summary>
    public int SettledInvitationDays { get; set; } = 90;

    /// <summary>What operators and people were told: as long as a revocation bars an application.</summary>
    public int NoticeDays { get; set; } = 1096;
}
