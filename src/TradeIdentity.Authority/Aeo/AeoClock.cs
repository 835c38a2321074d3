namespace TradeIdentity.Authority.Aeo;

/// <summary>How long an administration has to accept and to decide on an application, in calendar days.</summary>
/// <param name="AcceptanceDays">From its submission to its acceptance or rejection.</param>
/// <param name="DecisionDays">From its acceptance to the decision.</param>
/// <param name="ExtensionDays">By how many the authority may prolong that, once, with notice to the applicant.</param>
public sealed record AeoClock(int AcceptanceDays, int DecisionDays, int ExtensionDays);
