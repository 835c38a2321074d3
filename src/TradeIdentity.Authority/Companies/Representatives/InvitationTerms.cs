namespace TradeIdentity.Authority.Companies.Representatives;

/// <summary>On which terms a person acts for an operator.</summary>
/// <param name="IsAdministrator">They have all powers, and say who else acts for it.</param>
/// <param name="Powers">Of the others, of <see cref="Accounts.MemberPowers"/>.</param>
/// <param name="IsJoint">What binds the operator takes a second member's signature.</param>
/// <param name="From">Null: at once.</param>
/// <param name="Until">Null: until somebody ends it.</param>
public sealed record InvitationTerms(bool IsAdministrator, IReadOnlyList<string> Powers, bool IsJoint, DateTimeOffset? From, DateTimeOffset? Until);
