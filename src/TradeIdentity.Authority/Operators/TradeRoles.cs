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

    private static Dictionary<string, TradeRole> Read()
    {
        using var stream = typeof(TradeRoles).Assembly.GetManifestResourceStream("TradeIdentity.Authority.Operators.roles.json")!;
        return JsonSerializer.Deserialize(stream, TradeRolesJson.Default.TradeRoleArray)!.ToDictionary(role => role.Code);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(TradeRole[]))]
internal sealed partial class TradeRolesJson : JsonSerializerContext;
