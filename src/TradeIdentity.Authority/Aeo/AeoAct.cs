namespace TradeIdentity.Authority.Aeo;

/// <summary>What moves an AEO component from one state to another; see the table of <see cref="AeoLifecycle"/>.</summary>
public enum AeoAct
{
    Open = 1,
    Submit,
    Accept,
    Reject,
    VerifyIdentity,
    AssessRisk,

    /// <summary>The authority's time to decide is prolonged, with notice to the applicant; the state stays.</summary>
    Extend,

    Grant,
    Refuse,
    Suspend,
    Lift,
    Revoke,
    Relinquish,
    Expire,
    Supersede,

    /// <summary>A state decided elsewhere is taken over from the register that decided it.</summary>
    TakeOver,

    /// <summary>The number, tier or dates of a status change while the status stays.</summary>
    Amend,

    /// <summary>The applicant is asked for more, with a last day; where the programme says so, the authority's time is longer by theirs.</summary>
    AskInformation,

    /// <summary>What an operator held, or was barred by, goes on under its other number.</summary>
    CarryOver,

    /// <summary>The applicant takes the application back.</summary>
    Withdraw,

    /// <summary>What is held is assessed anew, after a change that the holder declared or a doubt; the state stays meanwhile.</summary>
    Reassess,

    /// <summary>The re-assessment is over, and what is held is held on.</summary>
    Uphold,
}
