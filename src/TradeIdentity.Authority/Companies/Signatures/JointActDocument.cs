using System.Text.Json;
using System.Text.Json.Serialization;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Mandates;
using TradeIdentity.Authority.Operators.Identifiers;

namespace TradeIdentity.Authority.Companies.Signatures;

/// <summary>An act as it is stored until it is signed: all that was said of it, and nothing that is decided when it is done.</summary>
internal sealed record JointActDocument(JointAeoAct? Aeo = null, JointMandate? Mandate = null)
{
    internal static string Write(AeoDecision? aeo, MandateOffer? offer) => JsonSerializer.Serialize(
        new JointActDocument(
            aeo is null ? null : new JointAeoAct(aeo.Programme, aeo.Component, aeo.LegalGround),
            offer is null ? null : JointMandate.Of(offer)),
        JointActJson.Default.JointActDocument);

    internal static JointActDocument Read(string json) => JsonSerializer.Deserialize(json, JointActJson.Default.JointActDocument)!;
}

/// <summary>A step of the holder on an AEO component.</summary>
internal sealed record JointAeoAct(string? Programme, string Component, string Ground)
{
    internal AeoDecision ToDecision(Tin tin, AeoAct act, DateOnly day) =>
        new() { Tin = tin, Programme = Programme, Component = Component, Act = act, EffectiveFrom = day, LegalGround = Ground };
}

/// <summary>A mandate that will be granted.</summary>
internal sealed record JointMandate(
    string? RepresentativeTin,
    string? RepresentativeAccount,
    string Kind,
    IReadOnlyList<string> Declarations,
    IReadOnlyList<string> Procedures,
    IReadOnlyList<string> Places,
    long? Amount,
    string? Currency,
    int FurtherLevels,
    DateTimeOffset ValidFrom,
    DateTimeOffset ValidUntil,
    string? Parent)
{
    internal static JointMandate Of(MandateOffer offer) => new(
        (offer.Representative as MandateRepresentative.OfOperator)?.Tin.Value,
        (offer.Representative as MandateRepresentative.OfPerson)?.AccountId,
        offer.Kind.ToCode(),
        offer.Scope.Declarations,
        offer.Scope.Procedures,
        offer.Scope.Places,
        offer.Scope.ValueLimit?.Amount,
        offer.Scope.ValueLimit?.Currency,
        offer.FurtherLevels,
        offer.ValidFrom,
        offer.ValidUntil,
        offer.Parent);

    internal MandateOffer ToOffer(Tin grantor) => new()
    {
        Grantor = grantor,
        Representative = RepresentativeTin is { } tin ? new MandateRepresentative.OfOperator(Tin.Parse(tin)) : new MandateRepresentative.OfPerson(RepresentativeAccount!),
        Kind = MandateCodes.FindKind(Kind)!.Value,
        Scope = new MandateScope
        {
            Declarations = [.. Declarations],
            Procedures = [.. Procedures],
            Places = [.. Places],
            ValueLimit = Amount is { } amount && ValueLimit.TryCreate(amount, Currency!, out var limit) ? limit : null,
        },
        FurtherLevels = FurtherLevels,
        ValidFrom = ValidFrom,
        ValidUntil = ValidUntil,
        Parent = Parent,
    };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = [typeof(UtcTimeJson)])]
[JsonSerializable(typeof(JointActDocument))]
internal sealed partial class JointActJson : JsonSerializerContext;
