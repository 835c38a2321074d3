using System.Collections.Immutable;

namespace TradeIdentity.Authority.Accounts;

/// <summary>What a member of an operator may do; an administrator has them all. The codes are published and never change.</summary>
public static class MemberPowers
{
    /// <summary>Apply for AEO status, answer for it, give it up.</summary>
    public const string Aeo = "aeo";

    /// <summary>Grant, accept and end mandates.</summary>
    public const string Mandates = "mandates";

    /// <summary>Have credentials issued and replaced.</summary>
    public const string Credentials = "credentials";

    /// <summary>Say who else acts for the operator, with no more than their own.</summary>
    public const string Representatives = "representatives";

    /// <summary>Declare that facts of the operator have changed.</summary>
    public const string Company = "company";

    public static ImmutableArray<string> All { get; } = [Aeo, Mandates, Credentials, Representatives, Company];
}
