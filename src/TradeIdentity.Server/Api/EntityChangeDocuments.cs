using TradeIdentity.Authority.Companies;
using TradeIdentity.Authority.Companies.Changes;

namespace TradeIdentity.Server.Api;

/// <summary>Declares that name, legal form, address or roles of the entity have changed.</summary>
/// <param name="Entity">All of it as it is from then on, without identifiers and TIN.</param>
/// <param name="Grounds">Why, and since when, 1 to 1,000 characters.</param>
internal sealed record EntityChangeRequestBody(EntityDetails Entity, string Grounds);

/// <summary>An officer's confirmation of a change.</summary>
/// <param name="Source">The register or document that confirms it.</param>
internal sealed record EntityChangeConfirmationBody(string Source);

/// <summary>A declared change. <c>earlier</c> is what the register said when it was declared.</summary>
internal sealed record EntityChangeBody(
    string Id, string Tin, string State, EntityDetails Declared, EntityDetails Earlier, string Grounds, DateTimeOffset DeclaredAt, string? DeclaredBy, string? Evidence, string? Reason, DateTimeOffset? SettledAt)
{
    /// <summary>For officers.</summary>
    internal static EntityChangeBody Of(EntityChange change) => new(
        change.Id, change.Tin.Value, change.State, change.Declared, change.Earlier, change.Grounds, change.DeclaredAt, change.DeclaredBy, change.Evidence, change.Reason, change.SettledAt);

    /// <summary>For the entity.</summary>
    internal static EntityChangeBody ForMember(EntityChange change) => Of(change) with { DeclaredBy = null };
}

/// <summary>Changes; the next page has this cursor, the last none.</summary>
internal sealed record EntityChangePageBody(IReadOnlyList<EntityChangeBody> Items, string? NextCursor);
