using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace TradeIdentity.Server.Site;

/// <summary>Whoever is no registrar finds no such page.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RegistrarsOnlyAttribute : Attribute, IAsyncResourceFilter
{
    public async Task OnResourceExecutionAsync(ResourceExecutingContext context, ResourceExecutionDelegate next)
    {
        if (await context.HttpContext.RequestServices.GetRequiredService<SignedInRegistrar>().FindAsync() is null)
        {
            context.Result = new NotFoundResult();
            return;
        }

        await next();
    }
}
