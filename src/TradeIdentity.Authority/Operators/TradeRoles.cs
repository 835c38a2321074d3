using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TradeIdentity.Authority.Operators;

/// <summary>The roles that operators can have.</summary>
public static class TradeRoles
{
    private static readonly Dictionary<string, TradeRole> ByCode = Read();

    public static IReadOnlyCollection<TradeRole> All => ByCode.Values;

    public static bool TryFind(string code, [NotNullWhen(true)] out TradeRole? role) => ByCode.TryGetValue(code, out role);

    /// <summary>A role out of the database; one that the list no longer has keeps its code.</summary>
    internal static TradeRole Find(string code) =>
        ByCode.GetValueOrDefault(code) ?? new TradeRole(code, new Dictionary<string, string> { ["en"] = code });

    private static Dictionary<string, TradeRole> Read()
    {
        using var stream = typeof(TradeRoles).Assembly.GetManifestResourceStream("TradeIdentity.Authority.Operators.roles.json")!;
        return JsonSerializer.Deserialize(stream, TradeRolesJson.Default.TradeRoleArray)!.ToDictionary(role => role.Code);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(TradeRole[]))]
internal sealed partial class TradeRolesJson : JsonSerializerContext;
