using System.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeIdentity.Server.OpenId;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages;

/// <summary>
/// What could not be done, in plain words: a status of ours, or an OAuth error that must not go back to a client because the
/// client or its address is not proven (RFC 6749 §4.1.2.1).
/// </summary>
[IgnoreAntiforgeryToken] // A failed post is shown here; nothing is done.
public sealed class ErrorModel(Wording words) : PageModel
{
    public string? Code { get; private set; }

    public string? Description { get; private set; }

    public int Status { get; private set; }

    public string Heading => words[$"Errors.{Kind}.Heading"];

    public string Happened => words[$"Errors.{Kind}.Happened"];

    public string Next => words[$"Errors.{Kind}.Next"];

    public string Reference => Activity.Current?.TraceId.ToHexString() ?? HttpContext.TraceIdentifier;

    private string Kind { get; set; } = "failed";

    public void OnGet(int? status) => Show(status);

    public void OnPost(int? status) => Show(status);

    private void Show(int? status)
    {
        // Asked for by itself, the page is about no failure but its own absence.
        Status = HttpContext.Features.Get<Microsoft.AspNetCore.Diagnostics.IExceptionHandlerFeature>() is not null ? StatusCodes.Status500InternalServerError
            : HttpContext.Features.Get<Microsoft.AspNetCore.Diagnostics.IStatusCodeReExecuteFeature>() is not null && status is >= 400 and < 600 ? status.Value
            : StatusCodes.Status404NotFound;
        Response.StatusCode = Status;
        if (EngineError.Of(HttpContext) is { } error)
        {
            (Code, Description) = (error.Code, error.Description);
        }

        Kind = Code is not null ? KindOf(Code) : KindOf(Status);
    }

    private static string KindOf(string code) => code switch
    {
        "access_denied" => "denied",
        "temporarily_unavailable" => "busy",
        "server_error" => "failed",
        _ => "request",
    };

    private static string KindOf(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "stale",
        StatusCodes.Status403Forbidden => "forbidden",
        StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed => "missing",
        StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable => "busy",
        _ => "failed",
    };
}
