using System.Globalization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace TradeIdentity.Server.Site;

/// <summary>Gives a page its language and its headers. What is not a page has neither.</summary>
internal sealed class PageContextMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<PageActionDescriptor>() is not null)
        {
            // Both are of this request's flow only.
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = Language.Of(context).Culture;
            context.Response.OnStarting(static state => WriteHeaders((HttpContext)state), context);
        }

        return next(context);
    }

    private static Task WriteHeaders(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = context.RequestServices.GetRequiredService<PageSecurity>().ContentSecurityPolicy();
        // With no-referrer a browser hides the origin of a form's post from this server too, which checks a passkey's against it.
        headers["Referrer-Policy"] = "same-origin";
        headers.ContentLanguage = Language.Current.Tag;
        headers.Append("Vary", "Accept-Language, Cookie");
        return Task.CompletedTask;
    }
}
