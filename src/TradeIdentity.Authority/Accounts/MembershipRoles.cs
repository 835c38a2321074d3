using System.Collections.Immutable;

namespace TradeIdentity.Authority.Accounts;

/// <summary>What a person is for an operator.</summary>
public static class MembershipRoles
{
    /// <summary>Says who else acts for the operator.</summary>
    public const string Administrator = "administrator";

    /// <summary>Acts for the operator towards authorities and relying parties.</summary>
    public const string Representative = "representative";

    public static ImmutableArray<string> All { get; } = [Administrator, Representative];
}
