using System.Collections.Immutable;
using TradeIdentity.Authority.Operators.Identifiers;

namespace TradeIdentity.Authority.Accounts;

/// <summary>
/// A person's right to act for an operator, from <see cref="Since"/> until <see cref="Until"/>, which is null while it is open.
/// It has an id of its own, for the same person can come back; the legal name is the register's of now; there is at least one
/// role, of <see cref="MembershipRoles"/>.
/// </summary>
public sealed record Membership(
    string Id, string AccountId, Tin Tin, string LegalName, MemberRights Rights, DateTimeOffset Since, DateTimeOffset? Until)
{
    public ImmutableSortedSet<string> Roles => Rights.Roles;
}
