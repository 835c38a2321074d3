using System.Collections.Immutable;

namespace TradeIdentity.Authority.Accounts;

/// <summary>What an account may do for the authority itself: its officers. What a person may do for a trader is a <see cref="Membership"/>.</summary>
public static class AccountRoles
{
    public const string Registrar = "registrar";
    public const string AeoOfficer = "aeo-officer";
    public const string Approver = "approver";
    public const string Auditor = "auditor";
    public const string Administrator = "administrator";

    /// <summary>Every one of them is an officer's, and takes a second factor.</summary>
    public static ImmutableArray<string> All { get; } = [Registrar, AeoOfficer, Approver, Auditor, Administrator];

    /// <summary>As it is stored, whatever the case it was asked for in; null where there is no such role.</summary>
    public static string? Find(string name) => All.FirstOrDefault(role => string.Equals(role, name, StringComparison.OrdinalIgnoreCase));
}
