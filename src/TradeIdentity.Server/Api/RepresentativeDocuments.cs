using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Companies.Representatives;

namespace TradeIdentity.Server.Api;

/// <summary>On which terms a person acts for an entity.</summary>
/// <param name="Powers">Of <c>aeo</c>, <c>mandates</c>, <c>credentials</c>, <c>representatives</c>, <c>company</c>; an administrator has all.</param>
/// <param name="IsAdministrator">Says who else acts for it.</param>
/// <param name="Signature"><c>sole</c>, or <c>joint</c>: what binds the entity takes a second member.</param>
/// <param name="From">Null: at once.</param>
/// <param name="Until">Null: until somebody ends it.</param>
internal sealed record RepresentativeTermsBody(
    IReadOnlyList<string>? Powers = null, bool IsAdministrator = false, string Signature = "sole", DateTimeOffset? From = null, DateTimeOffset? Until = null)
{
    internal InvitationTerms? ToTerms() => Signature is "sole" or "joint" ? new InvitationTerms(IsAdministrator, Powers ?? [], Signature == "joint", From, Until) : null;
}

/// <summary>Asks a person by e-mail to act for the entity of the token.</summary>
/// <param name="Email">Only an account whose confirmed address this is accepts it.</param>
/// <param name="Terms">On which terms.</param>
internal sealed record InvitationRequestBody(string Email, RepresentativeTermsBody Terms);

/// <summary>The secret of the link in an invitation's mail.</summary>
/// <param name="Token">43 characters.</param>
internal sealed record InvitationTokenBody(string Token);

/// <summary>An invitation.</summary>
internal sealed record InvitationBody(
    string Id, string Tin, string LegalName, string Email, IReadOnlyCollection<string> Roles, IReadOnlyCollection<string> Powers, string Signature,
    DateTimeOffset? From, DateTimeOffset? Until, string State, DateTimeOffset ExpiresAt, int Mails)
{
    internal static InvitationBody Of(Invitation invitation) => new(
        invitation.Id, invitation.Tin.Value, invitation.LegalName, invitation.Email, invitation.Rights.Roles, invitation.Rights.Powers,
        invitation.Rights.IsJoint ? "joint" : "sole", invitation.From, invitation.Rights.EndsAt, invitation.State, invitation.ExpiresAt, invitation.Mails);
}

/// <summary>Invitations that wait.</summary>
internal sealed record InvitationListBody(IReadOnlyList<InvitationBody> Items);

/// <summary>A person who acts for an entity.</summary>
internal sealed record RepresentativeBody(
    string AccountId, string Tin, IReadOnlyCollection<string> Roles, IReadOnlyCollection<string> Powers, string Signature, DateTimeOffset From, DateTimeOffset? Until)
{
    internal static RepresentativeBody Of(Membership membership) => new(
        membership.AccountId, membership.Tin.Value, membership.Roles, membership.Rights.IsAdministrator ? MemberPowers.All : membership.Rights.Powers,
        membership.Rights.IsJoint ? "joint" : "sole", membership.Since, membership.Rights.EndsAt);
}

/// <summary>Who acts for an entity.</summary>
internal sealed record RepresentativeListBody(IReadOnlyList<RepresentativeBody> Items);
