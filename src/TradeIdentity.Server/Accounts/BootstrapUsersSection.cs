using Microsoft.Extensions.Options;
using TradeIdentity.Authority.Accounts;

namespace TradeIdentity.Server.Accounts;

/// <summary>Reads <c>Bootstrap:Users:N:{Email,Password,Roles}</c>; Roles is a list or one text with spaces.</summary>
internal static class BootstrapUsersSection
{
    private static readonly string[] Keys = ["Email", "Password", "Roles"];

    /// <exception cref="OptionsValidationException">A key or a value is wrong; the message names it.</exception>
    public static IReadOnlyList<BootstrappedUser> Read(IConfiguration configuration)
    {
        var users = configuration.GetSection("Bootstrap:Users").GetChildren().Select(ReadUser).ToList();
        return users.GroupBy(user => user.Email, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? throw Wrong($"Bootstrap:Users has '{twice.Key}' twice.")
            : users;
    }

    internal static OptionsValidationException Wrong(string failure) => new("Bootstrap:Users", typeof(BootstrappedUser), [failure]);

    private static BootstrappedUser ReadUser(IConfigurationSection section)
    {
        if (section.GetChildren().FirstOrDefault(child => !Keys.Contains(child.Key, StringComparer.OrdinalIgnoreCase)) is { } unknown)
        {
            throw Wrong($"{unknown.Path} is not a known key.");
        }

        var email = section["Email"] ?? "";
        return AccountAddress.IsValid(email)
            ? new BootstrappedUser(section.Path, email, string.IsNullOrEmpty(section["Password"]) ? null : section["Password"], Roles(section.GetSection("Roles")))
            : throw Wrong($"{section.Path}:Email is '{email}'; it must be an e-mail address.");
    }

    private static List<string> Roles(IConfigurationSection section)
    {
        var roles = (section.Value is { } text ? text.Split(' ', StringSplitOptions.RemoveEmptyEntries) : section.GetChildren().Select(child => child.Value ?? "")).ToList();
        return roles.FirstOrDefault(role => !AccountRoles.All.Contains(role)) is { } unknown
            ? throw Wrong($"{section.Path} has '{unknown}'; the roles are {string.Join(' ', AccountRoles.All)}.")
            : roles;
    }
}
