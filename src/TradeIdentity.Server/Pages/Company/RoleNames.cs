using TradeIdentity.Authority.Operators;

namespace TradeIdentity.Server.Pages.Company;

/// <summary>Roles in trade as people read them; one that has no name in a language has its English one.</summary>
internal static class RoleNames
{
    internal static string Of(TradeRole role, string language) => role.Names.TryGetValue(language, out var name) || role.Names.TryGetValue("en", out name) ? name : role.Code;

    internal static string Of(string code, string language) => TradeRoles.TryFind(code, out var role) ? Of(role, language) : code;
}
