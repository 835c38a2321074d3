using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Accounts.IdentityProofs;
using TradeIdentity.Authority.Operators.Identifiers;

namespace TradeIdentity.Authority.OpenId;

/// <summary>A person as tokens may speak of them, now.</summary>
/// <param name="AccountId">The subject of tokens.</param>
/// <param name="Email">Their address.</param>
/// <param name="EmailConfirmed">Whether they have shown that they read it.</param>
/// <param name="GivenName">May be empty.</param>
/// <param name="FamilyName">May be empty.</param>
/// <param name="Language">BCP 47.</param>
/// <param name="Roles">Of <see cref="AccountRoles"/>: what they are for the authority itself; empty for a trader.</param>
/// <param name="Memberships">For whom they act today.</param>
/// <param name="ActingFor">The entity chosen in the session; null where none is.</param>
public sealed record Person(
    string AccountId, string Email, bool EmailConfirmed, string GivenName, string FamilyName, string Language,
    IReadOnlyCollection<string> Roles, IReadOnlyList<Membership> Memberships, Tin? ActingFor)
{
    /// <summary>How well it was proven who they are, whether that still holds or not; null: nothing was.</summary>
    public IdentityProof? Proof { get; init; }

    public bool ActsFor(Tin organization) => Memberships.Any(membership => membership.Tin == organization);
}
