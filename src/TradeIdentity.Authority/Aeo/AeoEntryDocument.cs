using System.Text.Json;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Operators.Identifiers;

namespace TradeIdentity.Authority.Aeo;

/// <summary>Reads the <c>aeo</c> entries of an operator's document.</summary>
internal sealed class AeoEntryDocument(ProgrammeCatalogue programmes)
{
    private const int MaxEntries = 32;

    public IReadOnlyList<AeoEntry> ReadAll(StrictObject document, CountryCode country) =>
        document.Distinct("aeo", MaxEntries, (element, path) => Read(element, path, country), entry => (entry.Programme, entry.Component));

    private AeoEntry Read(JsonElement element, string path, CountryCode country)
    {
        var entry = StrictObject.Of(
            element, path, "programme", "component", "tier", "status", "ground", "authorisationNumber", "decidedOn", "effectiveFrom", "effectiveUntil");
        var programme = entry.Optional("programme", ReadProgramme)
            ?? programmes.Of(country)
            ?? throw new DocumentFaultException("aeo_programme_unknown", path, $"names no programme, and {country} has none");
        var component = entry.Read("component", (value, at) => programme.Find(StrictObject.RawTextOf(value, at))
            ?? throw new DocumentFaultException("aeo_component_unknown", at, $"is not a component of programme {programme.Code}"));
        var status = entry.Read("status", ReadStatus);
        var from = entry.Read("effectiveFrom", StrictObject.DateOf);
        return new AeoEntry
        {
            Programme = programme.Code,
            Component = component.Code,
            QrCode = component.QrCode,
            Tier = entry.Optional("tier", (value, at) => ReadTier(value, at, component)),
            Status = status,
            SuspensionGround = entry.Optional("ground", (value, at) => ReadGround(value, at, status)),
            AuthorisationNumber = entry.Optional("authorisationNumber", ReadNumber),
            DecidedOn = entry.Optional("decidedOn", (value, at) => (DateOnly?)StrictObject.DateOf(value, at)),
            EffectiveFrom = from,
            EffectiveUntil = entry.Optional("effectiveUntil", (value, at) => ReadUntil(value, at, from)),
        };
    }

    private AeoProgramme ReadProgramme(JsonElement value, string path) =>
        programmes.Find(StrictObject.RawTextOf(value, path))
        ?? throw new DocumentFaultException("aeo_programme_unknown", path, "is not a programme of the catalogue");

    private static AeoStatus ReadStatus(JsonElement value, string path)
    {
        if (!AeoCodes.TryParse(StrictObject.RawTextOf(value, path), out AeoStatus status))
        {
            throw new DocumentFaultException("aeo_status_unknown", path, "is not a status");
        }

        // An application is handled where it was made; a register gives what it decided.
        return AeoLifecycle.IsDecided(status)
            ? status
            : throw new DocumentFaultException("aeo_status_not_importable", path, "is the state of an application, not a decision");
    }

    private static string ReadTier(JsonElement value, string path, AeoProgrammeComponent component)
    {
        var code = StrictObject.RawTextOf(value, path);
        return component.Tiers.Any(tier => tier.Code == code)
            ? code
            : throw new DocumentFaultException("aeo_tier_unknown", path, $"is not a tier of {component.Code}");
    }

    private static SuspensionGround? ReadGround(JsonElement value, string path, AeoStatus status) =>
        status == AeoStatus.Suspended && AeoCodes.TryParse(StrictObject.RawTextOf(value, path), out SuspensionGround ground)
            ? ground
            : throw new DocumentFaultException("aeo_ground_invalid", path, "is none of suspected, non-compliance, holder-request, or the status is not suspended");

    private static string ReadNumber(JsonElement value, string path)
    {
        var number = StrictObject.RawTextOf(value, path);
        return AuthorisationNumber.IsValid(number)
            ? number
            : throw new DocumentFaultException("authorisation_number_invalid", path, $"is not 1 to {AuthorisationNumber.MaxLength} printable ASCII characters");
    }

    private static DateOnly? ReadUntil(JsonElement value, string path, DateOnly from)
    {
        var until = StrictObject.DateOf(value, path);
        return until >= from ? until : throw new DocumentFaultException("aeo_dates_out_of_order", path, "is before effectiveFrom");
    }
}
