using TradeIdentity.Authority.Companies.Signatures;

namespace TradeIdentity.Server.Api;

/// <summary>An act that binds the entity, by a member who signs jointly: one of the two.</summary>
/// <param name="Aeo">Submits an application, or gives an authorisation up.</param>
/// <param name="Mandate">Grants a mandate, or passes one on.</param>
internal sealed record JointActRequestBody(AeoHolderActBody? Aeo = null, MandateOfferBody? Mandate = null);

/// <summary>Why a member does not sign.</summary>
/// <param name="Reason">1 to 500 characters.</param>
internal sealed record JointActReasonBody(string Reason);

/// <summary>An act that waits for a second signature, or was settled. <c>component</c> is of AEO, <c>representative</c> of a mandate.</summary>
internal sealed record JointActBody(
    string Id, string Kind, string State, string? Component, MandateRepresentativeBody? Representative, DateTimeOffset? ValidUntil, string ProposedBy,
    DateTimeOffset ProposedAt, DateTimeOffset ExpiresAt, string? SettledBy, DateTimeOffset? SettledAt, string? Reason)
{
    internal static JointActBody Of(JointAct act) => new(
        act.Id, act.Kind, act.State, act.Aeo?.Component, act.Mandate is { } offer ? MandateRepresentativeBody.Of(offer.Representative) : null, act.Mandate?.ValidUntil,
        act.ProposedBy, act.ProposedAt, act.ExpiresAt, act.SettledBy, act.SettledAt, act.Reason);
}

/// <summary>The newest joint acts of an entity.</summary>
internal sealed record JointActListBody(IReadOnlyList<JointActBody> Items);
