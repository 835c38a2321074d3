using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace TradeIdentity.Server.Site;

/// <summary>
/// Whoever is no AEO officer or approver finds no such page. A model with an override of its own asks first itself: it runs before this.
/// </summary>
internal sealed class OfficersOnly : IAsyncPageFilter
{
    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var http = context.HttpContext;
        if (await http.RequestServices.GetRequiredService<SignedInOfficer>().FindAsync(http.RequestAborted) is null)
        {
            context.Result = new NotFoundResult();
            return;
        }

        await next();
    }
}
