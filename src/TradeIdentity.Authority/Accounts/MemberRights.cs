using System.Collections.Immutable;

namespace TradeIdentity.Authority.Accounts;

/// <summary>What a member may do for an operator, and on which terms.</summary>
/// <param name="Roles">Of <see cref="MembershipRoles"/>.</param>
/// <param name="Powers">Of <see cref="MemberPowers"/>.</param>
/// <param name="IsJoint">What binds the operator takes a second member's signature.</param>
/// <param name="EndsAt">From then on they have none; null: no end is set.</param>
public sealed record MemberRights(ImmutableSortedSet<string> Roles, ImmutableSortedSet<string> Powers, bool IsJoint, DateTimeOffset? EndsAt)
{
    public bool IsAdministrator => Roles.Contains(MembershipRoles.Administrator);

    public bool May(string power) => IsAdministrator || Powers.Contains(power);

    /// <summary>Whether who has these can give those: nobody gives what they lack, and one of two signatures makes no single one.</summary>
    public bool Covers(MemberRights other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return (IsAdministrator || (!other.IsAdministrator && other.Powers.IsSubsetOf(Powers)))
            && (!IsJoint || other.IsJoint)
            && (EndsAt is not { } end || (other.EndsAt is { } until && until <= end));
    }
}
