using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Companies.Signatures;
using TradeIdentity.Authority.Mandates;

namespace TradeIdentity.Server.Api;

/// <summary>An act that binds the entity, by a member who signs jointly: one of the three.</summary>
/// <param name="Aeo">Submits an application, or gives an authorisation up.</param>
/// <param name="Mandate">Grants a mandate, or passes one on.</param>
/// <param name="MasterData"><c>release</c>: consents that the AEO master data goes to partner administrations.</param>
internal sealed record JointActRequestBody(AeoHolderActBody? Aeo = null, MandateOfferBody? Mandate = null, string? MasterData = null);

/// <summary>Why a member does not sign.</summary>
/// <param name="Reason">1 to 500 characters.</param>
internal sealed record JointActReasonBody(string Reason);

/// <summary>An act that waits for a second signature, or was settled: <c>aeo</c> or <c>mandate</c>, as it will be done; a release of master data has neither.</summary>
internal sealed record JointActBody(
    string Id, string Kind, string State, AeoHolderActBody? Aeo, MandateOfferBody? Mandate, string ProposedBy,
    DateTimeOffset ProposedAt, DateTimeOffset ExpiresAt, string? SettledBy, DateTimeOffset? SettledAt, string? Reason)
{
    internal static JointActBody Of(JointAct act) => new(
        act.Id, act.Kind, act.State, act.Aeo is { } aeo ? new AeoHolderActBody(aeo.Component, aeo.Act.ToCode(), aeo.LegalGround, aeo.Programme) : null,
        act.Mandate is { } offer
            ? new MandateOfferBody(
                offer.Grantor.Value, MandateRepresentativeBody.Of(offer.Representative), offer.Kind.ToCode(), offer.ValidUntil, offer.ValidFrom, MandateScopeBody.Of(offer.Scope), offer.FurtherLevels, offer.Parent)
            : null,
        act.ProposedBy, act.ProposedAt, act.ExpiresAt, act.SettledBy, act.SettledAt, act.Reason);
}

/// <summary>The newest joint acts of an entity.</summary>
internal sealed record JointActListBody(IReadOnlyList<JointActBody> Items);
