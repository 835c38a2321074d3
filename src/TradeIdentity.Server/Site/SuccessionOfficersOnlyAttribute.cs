using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace TradeIdentity.Server.Site;

/// <summary>Whoever is neither a registrar nor an approver finds no such page.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SuccessionOfficersOnlyAttribute : Attribute, IAsyncResourceFilter
{
    public async Task OnResourceExecutionAsync(ResourceExecutingContext context, ResourceExecutionDelegate next)
    {
        var services = context.HttpContext.RequestServices;
        if (await services.GetRequiredService<SignedInRegistrar>().FindAsync() is null
            && (await services.GetRequiredService<SignedInOfficer>().FindAsync(context.HttpContext.RequestAborted))?.MayApprove != true)
        {
            context.Result = new NotFoundResult();
            return;
        }

        await next();
    }
}
