using TradeIdentity.Authority.Operators.Identifiers;

namespace TradeIdentity.Authority.Aeo;

/// <summary>An application that waits for the authority.</summary>
/// <param name="Tin">The applicant.</param>
/// <param name="LegalName">Of the applicant.</param>
/// <param name="Component">As it is now, with its last day.</param>
public sealed record AeoApplication(Tin Tin, string LegalName, AeoComponent Component);
