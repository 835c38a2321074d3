using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Companies.MasterData;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Privacy;

namespace TradeIdentity.Server.Api;

/// <summary>A consent to the release of AEO master data. Without <c>withdrawnAt</c> it holds.</summary>
internal sealed record MasterDataReleaseBody(string Id, string GivenBy, string? CoSignedBy, DateTimeOffset GivenAt, string? WithdrawnBy, DateTimeOffset? WithdrawnAt)
{
    internal static MasterDataReleaseBody Of(MasterDataRelease release) =>
        new(release.Id, release.GivenBy, release.CoSignedBy, release.GivenAt, release.WithdrawnBy, release.WithdrawnAt);
}

/// <summary>The newest consents of an entity, and whether one holds.</summary>
internal sealed record MasterDataReleaseListBody(bool Released, IReadOnlyList<MasterDataReleaseBody> Items);

/// <summary>What a partner administration is told of an operator that consented: the AEO master data of the SAFE Framework.</summary>
[ToldTo(Viewer.PartnerAdministration)]
internal sealed record MasterDataBody(
    [property: Tells(PrivateFact.Tin)] string Tin,
    [property: Tells(PrivateFact.LegalName)] string LegalName,
    [property: Tells(PrivateFact.RegisteredAddress)] AddressBody? RegisteredAddress,
    [property: Tells(PrivateFact.AeoStatus)] IReadOnlyList<MasterDataAeoBody> Aeo)
{
    internal static MasterDataBody Of(Operator @operator) => new(
        @operator.Tin.Value,
        @operator.LegalName,
        AddressBody.Of(@operator.RegisteredAddress),
        [.. @operator.Aeo.Where(component => component.Status is AeoStatus.Granted or AeoStatus.Suspended).Select(MasterDataAeoBody.Of)]);
}

/// <summary>A component that is granted or suspended.</summary>
[ToldTo(Viewer.PartnerAdministration)]
internal sealed record MasterDataAeoBody(
    [property: Tells(PrivateFact.AeoStatus)] string Programme,
    [property: Tells(PrivateFact.AeoStatus)] string Component,
    [property: Tells(PrivateFact.AeoStatus)] string? Tier,
    [property: Tells(PrivateFact.AeoStatus)] string Status,
    [property: Tells(PrivateFact.AeoValidity)] DateOnly StatusFrom,
    [property: Tells(PrivateFact.AeoValidity)] DateOnly? GrantedFrom,
    [property: Tells(PrivateFact.AeoValidity)] DateOnly? ValidUntil)
{
    internal static MasterDataAeoBody Of(AeoComponent component) => new(
        component.Programme, component.Component, component.Tier, component.Status.ToCode(), component.EffectiveFrom, component.GrantedFrom, component.EffectiveUntil);
}

/// <summary>A page by TIN; the next one has this cursor, the last page none.</summary>
internal sealed record MasterDataPageBody(DateTimeOffset AsOf, IReadOnlyList<MasterDataBody> Items, string? NextCursor);
