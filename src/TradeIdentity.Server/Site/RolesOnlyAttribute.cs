using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using TradeIdentity.Authority.Accounts.Sessions;

namespace TradeIdentity.Server.Site;

/// <summary>Whoever has none of these roles finds no such page. What a page lets do, its act asks for again.</summary>
/// <param name="roles">Of <see cref="Authority.Accounts.AccountRoles"/>; none named: any of them.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RolesOnlyAttribute(params string[] roles) : Attribute, IAsyncAuthorizationFilter, IOrderedFilter
{
    public IReadOnlyList<string> Roles { get; } = roles;

    /// <summary>Before anything of a form is read (<see cref="Hosting.TakesFilesAttribute"/>).</summary>
    public int Order => 100;

    public async Task OnAuthorizationAsync(AuthorizationFilterContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var services = context.HttpContext.RequestServices;
        if (services.GetRequiredService<CurrentSession>().Session is { SecondFactorRequired: true })
        {
            context.Result = AskSecondFactor.Lead();
        }
        else if (!await services.GetRequiredService<SignedInAccount>().HasRoleAsync(roles))
        {
            context.Result = new NotFoundResult();
        }
    }
}
