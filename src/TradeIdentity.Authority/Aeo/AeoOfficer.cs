using System.Collections.Immutable;
using TradeIdentity.Authority.Accounts;

namespace TradeIdentity.Authority.Aeo;

/// <summary>Who decides for the authority, as <see cref="AeoOfficers"/> found them: a person with the roles of now, or its own system.</summary>
public sealed class AeoOfficer
{
    private readonly ImmutableArray<string> _roles;

    private AeoOfficer(string id, bool isPerson, ImmutableArray<string> roles) => (Id, IsPerson, _roles) = (id, isPerson, roles);

    /// <summary>The person's account id, or the client's id.</summary>
    public string Id { get; }

    public bool IsPerson { get; }

    /// <summary>Acts of one officer.</summary>
    public bool MayTakeActs => !IsPerson || _roles.Contains(AccountRoles.AeoOfficer);

    /// <summary>The first of two officers: a person, for a system has no second pair of eyes.</summary>
    public bool MayPropose => IsPerson && _roles.Contains(AccountRoles.AeoOfficer);

    /// <summary>The second of two officers.</summary>
    public bool MayApprove => IsPerson && _roles.Contains(AccountRoles.Approver);

    internal static AeoOfficer Person(string accountId, ImmutableArray<string> roles) => new(accountId, true, roles);

    /// <summary>A system of the authority that acts by itself, under its client id.</summary>
    public static AeoOfficer System(string clientId) => new(clientId, false, []);
}
