using System.Text.Json;
using System.Text.Json.Serialization;
using TradeIdentity.Authority.Operators.Identifiers;

namespace TradeIdentity.Authority.Aeo;

/// <summary>Programmes, components and tiers are data: a new programme is an entry of the catalogue, and no code.</summary>
public sealed class ProgrammeCatalogue
{
    private const string AllCountries = "*";

    private readonly Dictionary<string, AeoProgramme> _byCountry;
    private readonly Dictionary<string, AeoProgramme> _byCode;

    private ProgrammeCatalogue(IReadOnlyList<AeoProgramme> programmes)
    {
        Programmes = programmes;
        _byCode = programmes.ToDictionary(programme => programme.Code);
        _byCountry = programmes
            .SelectMany(programme => programme.Countries, (programme, country) => (programme, country))
            .ToDictionary(pair => pair.country, pair => pair.programme);
    }

    /// <summary>The catalogue that comes with the program.</summary>
    public static ProgrammeCatalogue Embedded { get; } = ReadEmbedded();

    public IReadOnlyList<AeoProgramme> Programmes { get; }

    /// <summary>Reads a catalogue strictly.</summary>
    /// <exception cref="JsonException">It is not of the catalogue's form.</exception>
    /// <exception cref="ArgumentException">A programme, country, component or number occurs twice.</exception>
    public static ProgrammeCatalogue Read(ReadOnlySpan<byte> utf8)
    {
        var document = JsonSerializer.Deserialize(utf8, ProgrammeCatalogueJson.Default.CatalogueDocument)
            ?? throw new JsonException("The programme catalogue is null.");
        var catalogue = new ProgrammeCatalogue(document.Programmes);
        RefuseRepeatedCodes(catalogue);
        return catalogue;
    }

    /// <summary>The programme of a country's operators: its own, else the one of all countries, else null.</summary>
    public AeoProgramme? Of(CountryCode country) =>
        _byCountry.GetValueOrDefault(country.Value) ?? _byCountry.GetValueOrDefault(AllCountries);

    public AeoProgramme? Find(string programme) => _byCode.GetValueOrDefault(programme);

    /// <summary>The number of a component in the QR credential; null where the catalogue does not know it (any more).</summary>
    public int? QrCode(string programme, string component) => Find(programme)?.Find(component)?.QrCode;

    private static void RefuseRepeatedCodes(ProgrammeCatalogue catalogue)
    {
        var components = catalogue.Programmes.SelectMany(programme => programme.Components).ToList();
        _ = components.ToDictionary(component => component.QrCode);
        foreach (var programme in catalogue.Programmes)
        {
            _ = programme.Components.ToDictionary(component => component.Code);
            _ = programme.Criteria.ToDictionary(criterion => criterion.Code);
        }

        foreach (var component in components)
        {
            _ = component.Tiers.ToDictionary(tier => tier.Code);
            _ = component.Tiers.ToDictionary(tier => tier.QrCode);
        }
    }

    private static ProgrammeCatalogue ReadEmbedded()
    {
        using var stream = typeof(ProgrammeCatalogue).Assembly.GetManifestResourceStream("TradeIdentity.Authority.Aeo.programmes.json")!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return Read(copy.ToArray());
    }

    internal sealed record CatalogueDocument(IReadOnlyList<AeoProgramme> Programmes);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ProgrammeCatalogue.CatalogueDocument))]
internal sealed partial class ProgrammeCatalogueJson : JsonSerializerContext;
