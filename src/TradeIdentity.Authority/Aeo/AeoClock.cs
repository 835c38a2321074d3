namespace TradeIdentity.Authority.Aeo;

/// <summary>How long an administration has to accept and to decide on an application, in calendar days.</summary>
/// <param name="AcceptanceDays">From its submission to its acceptance or rejection.</param>
/// <param name="DecisionDays">From its acceptance to the decision.</param>
/// <param name="ExtensionDays">By how many the authority may prolong that, once, with notice to the applicant.</param>
/// <param name="InformationDays">The most that an applicant is given to answer a request for information.</param>
/// <param name="InformationProlongs">Whether the authority's own time is longer by what the applicant was given.</param>
/// <param name="ReassessmentDays">From the day on which a re-assessment begins to its end.</param>
public sealed record AeoClock(int AcceptanceDays, int DecisionDays, int ExtensionDays, int InformationDays = AeoClock.UsualInformationDays, bool InformationProlongs = false, int ReassessmentDays = AeoClock.UsualReassessmentDays)
{
    /// <summary>Where a programme says nothing.</summary>
    public const int UsualInformationDays = 30;

    /// <summary>Where a programme says nothing, or has no clock.</summary>
    public const int UsualReassessmentDays = 120;
}
