using System.Globalization;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Operators.Identifiers;

namespace TradeIdentity.Authority.Operators;

/// <summary>An operator as its table has it.</summary>
internal sealed record OperatorRow : OperatorSuccessionRow
{
    public const string Columns =
        """
        tin AS Tin, legal_name AS LegalName, trading_names AS TradingNames, jurisdiction AS Jurisdiction, legal_form AS LegalForm,
        street AS Street, locality AS Locality, postal_code AS PostalCode, country AS Country, roles AS Roles,
        evidence_source AS Source, evidence_asserted_by AS AssertedBy, evidence_asserted_at AS AssertedAt,
        evidence_confirmed_by AS ConfirmedBy, evidence_confirmed_at AS ConfirmedAt, evidence_valid_until AS ValidUntil,
        facts_digest AS FactsDigest, created_at AS CreatedAt, updated_at AS UpdatedAt, version AS Version
        """ + ", " + SuccessionColumns;

    public required string Tin { get; init; }

    public required string LegalName { get; init; }

    public required string TradingNames { get; init; }

    public required string Jurisdiction { get; init; }

    public string? LegalForm { get; init; }

    public string? Street { get; init; }

    public string? Locality { get; init; }

    public string? PostalCode { get; init; }

    public string? Country { get; init; }

    public required string Roles { get; init; }

    public required string Source { get; init; }

    public required string AssertedBy { get; init; }

    public required long AssertedAt { get; init; }

    public string? ConfirmedBy { get; init; }

    public long? ConfirmedAt { get; init; }

    public long? ValidUntil { get; init; }

    public required byte[] FactsDigest { get; init; }

    public required long CreatedAt { get; init; }

    public required long UpdatedAt { get; init; }

    public required long Version { get; init; }

    public static OperatorRow Of(Operator held, byte[] factsDigest)
    {
        var evidence = EvidenceRow.Of(held.Evidence);
        return new OperatorRow
        {
            Tin = held.Tin.Value,
            LegalName = held.LegalName,
            TradingNames = TextSet.Of(held.TradingNames),
            Jurisdiction = held.Jurisdiction.Value,
            LegalForm = held.LegalForm?.Value,
            Street = held.RegisteredAddress?.Street,
            Locality = held.RegisteredAddress?.Locality,
            PostalCode = held.RegisteredAddress?.PostalCode,
            Country = held.RegisteredAddress?.Country.Value,
            Roles = string.Join(' ', held.Roles.Select(role => role.Code)),
            Source = evidence.Source,
            AssertedBy = evidence.AssertedBy,
            AssertedAt = evidence.AssertedAt,
            ConfirmedBy = evidence.ConfirmedBy,
            ConfirmedAt = evidence.ConfirmedAt,
            ValidUntil = evidence.ValidUntil,
            FactsDigest = factsDigest,
            CreatedAt = held.CreatedAt.ToUnixTimeSeconds(),
            UpdatedAt = held.UpdatedAt.ToUnixTimeSeconds(),
            Version = held.Version,
            SuccessionKind = (long?)held.Succession?.Kind,
            SucceededOn = held.Succession?.EffectiveOn.ToString("O", CultureInfo.InvariantCulture),
            Successors = held.Succession is { } succession ? TextSet.Of(succession.Successors.Select(tin => tin.Value)) : null,
        };
    }

    public Operator ToOperator(IEnumerable<Identifier> identifiers, IEnumerable<AeoComponent> aeo) => new()
    {
        Tin = Identifiers.Tin.Parse(Tin),
        LegalName = LegalName,
        TradingNames = TextSet.Read(TradingNames),
        Jurisdiction = Identifiers.Jurisdiction.Parse(Jurisdiction),
        LegalForm = LegalForm is null ? null : EntityLegalForm.Parse(LegalForm),
        RegisteredAddress = Country is null ? null : new RegisteredAddress(Street, Locality, PostalCode, CountryCode.Parse(Country)),
        Identifiers = [.. identifiers],
        Roles = [.. Roles.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(TradeRoles.Find)],
        Aeo = [.. aeo],
        Evidence = new EvidenceRow(Source, AssertedBy, AssertedAt, ConfirmedBy, ConfirmedAt, ValidUntil).ToEvidence(),
        CreatedAt = DateTimeOffset.FromUnixTimeSeconds(CreatedAt),
        UpdatedAt = DateTimeOffset.FromUnixTimeSeconds(UpdatedAt),
        Version = (int)Version,
        Succession = ToSuccession(),
    };
}
