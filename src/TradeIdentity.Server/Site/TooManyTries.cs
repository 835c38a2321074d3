using System.Globalization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace TradeIdentity.Server.Site;

/// <summary>The page once more, with the word that it takes no more tries for a while (RFC 6585 §4).</summary>
internal static class TooManyTries
{
    internal static PageResult AskToWait(this PageModel page, int seconds, Wording words)
    {
        page.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        page.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        page.ModelState.AddModelError("", words["SignIn.Busy", (seconds + 59) / 60]);
        return page.Page();
    }
}
