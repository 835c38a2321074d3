namespace TradeIdentity.Authority.Aeo;

/// <summary>How long an administration has to decide on an application, from its acceptance.</summary>
/// <param name="DecisionDays">Calendar days.</param>
/// <param name="ExtensionDays">By how many the authority may prolong that, once, with notice to the applicant.</param>
public sealed record AeoClock(int DecisionDays, int ExtensionDays);
