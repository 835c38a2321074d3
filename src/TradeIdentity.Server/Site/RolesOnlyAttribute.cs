using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace TradeIdentity.Server.Site;

/// <summary>Whoever has none of these roles finds no such page. What a page lets do, its act asks for again.</summary>
/// <param name="roles">Of <see cref="Authority.Accounts.AccountRoles"/>; none named: any of them.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RolesOnlyAttribute(params string[] roles) : Attribute, IAsyncResourceFilter
{
    public IReadOnlyList<string> Roles { get; } = roles;

    public async Task OnResourceExecutionAsync(ResourceExecutingContext context, ResourceExecutionDelegate next)
    {
        if (!await context.HttpContext.RequestServices.GetRequiredService<SignedInAccount>().HasRoleAsync(roles))
        {
            context.Result = new NotFoundResult();
            return;
        }

        await next();
    }
}
