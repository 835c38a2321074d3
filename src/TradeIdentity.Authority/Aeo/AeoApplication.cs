using TradeIdentity.Authority.Operators.Identifiers;

namespace TradeIdentity.Authority.Aeo;

/// <summary>An application that waits for the authority.</summary>
/// <param name="Tin">The applicant.</param>
/// <param name="LegalName">Of the applicant.</param>
/// <param name="Component">As it is now, with its last day.</param>
/// <param name="AnswerBy">Until when the applicant was asked for information that has not come; null: nothing is open.</param>
/// <param name="AnsweredOn">When the applicant answered, where nothing was done with the application since it was asked.</param>
public sealed record AeoApplication(Tin Tin, string LegalName, AeoComponent Component, DateOnly? AnswerBy = null, DateOnly? AnsweredOn = null);
