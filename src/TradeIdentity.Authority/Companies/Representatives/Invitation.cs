using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Operators.Identifiers;

namespace TradeIdentity.Authority.Companies.Representatives;

/// <summary>A person who was asked by e-mail to act for an operator.</summary>
/// <param name="Id">Names it for those who sent it; the link in the mail has a secret instead.</param>
/// <param name="Tin">The operator.</param>
/// <param name="LegalName">Of the operator, now.</param>
/// <param name="Email">Only an account whose confirmed address this is accepts it.</param>
/// <param name="Rights">What the person will have.</param>
/// <param name="From">From when; null: from the acceptance.</param>
/// <param name="State"><c>open</c>, <c>accepted</c>, <c>declined</c> or <c>withdrawn</c>.</param>
/// <param name="InvitedBy">The member.</param>
/// <param name="InvitedAt">When.</param>
/// <param name="ExpiresAt">When the link in the last mail ends.</param>
/// <param name="Mails">How many were sent.</param>
public sealed record Invitation(
    string Id, Tin Tin, string LegalName, string Email, MemberRights Rights, DateTimeOffset? From, string State, string InvitedBy, DateTimeOffset InvitedAt,
    DateTimeOffset ExpiresAt, int Mails);
