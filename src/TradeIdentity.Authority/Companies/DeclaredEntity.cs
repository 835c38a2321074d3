using System.Text.Json;
using System.Text.Json.Serialization;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Operators.Identifiers;

namespace TradeIdentity.Authority.Companies;

/// <summary>
/// Reads what somebody states of an entity, as strictly as an import: a portal takes no name, number or address that the register would
/// refuse, and refuses it in the same codes.
/// </summary>
public sealed class DeclaredEntity(ProgrammeCatalogue programmes)
{
    // The document has a key, and the entity none yet.
    private const string NoTin = "XK0";

    private readonly OperatorDocument _document = new(programmes);

    /// <summary>As the register would hold it under <paramref name="tin"/>.</summary>
    internal Outcome<OperatorFacts> Read(EntityDetails details, Tin? tin = null)
    {
        if (details.Tin is not null && !Tin.TryParse(details.Tin, out _))
        {
            return new Refusal("tin_invalid", "$.tin is malformed or not known.");
        }

        return _document.Read(JsonSerializer.SerializeToUtf8Bytes(details with { Tin = tin?.Value ?? details.Tin ?? NoTin }, EntityJson.Default.EntityDetails));
    }

    internal static string Write(EntityDetails details) => JsonSerializer.Serialize(details, EntityJson.Default.EntityDetails);

    internal static EntityDetails Restore(string json) => JsonSerializer.Deserialize(json, EntityJson.Default.EntityDetails)!;

    /// <summary>As it is kept: trimmed, in one Unicode form, without what nobody stated.</summary>
    internal static EntityDetails Of(OperatorFacts facts, string? tin) => new(
        facts.LegalName,
        facts.Jurisdiction.Value,
        facts.LegalForm?.Value,
        EntityAddress.Of(facts.RegisteredAddress),
        [.. facts.Identifiers.Select(identifier => new EntityIdentifier(identifier.Scheme.Code, identifier.Value))],
        [.. facts.Roles.Select(role => role.Code)],
        tin);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EntityDetails))]
internal sealed partial class EntityJson : JsonSerializerContext;
