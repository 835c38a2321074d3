using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeIdentity.Authority;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Languages;
using TradeIdentity.Authority.Webhooks;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.Webhooks;

/// <summary>One webhook: whether somebody answers there, and what was sent.</summary>
public sealed class ShowModel(SignedInAccount person, OwnWebhooks own, WebhookReader reader, TestWebhook test, ResendToWebhook resend, Wording words) : PageModel
{
    private const int OnPage = 20;

    private Membership _entity = null!;

    [TempData]
    public string? Done { get; set; }

    /// <summary>Id of the last message of the page before.</summary>
    [BindProperty(SupportsGet = true, Name = "before")]
    public string? Before { get; set; }

    public Webhook Webhook { get; private set; } = null!;

    public IReadOnlyList<WebhookDelivery> Items { get; private set; } = [];

    /// <summary>Leads to the next page; null: this is the last.</summary>
    public string? Next { get; private set; }

    public CultureInfo Culture => CultureInfo.CurrentUICulture;

    public string Time(DateTimeOffset at) => WrittenDay.WithSeconds(at, Culture);

    public bool MayResend(WebhookDelivery delivery) =>
        Webhook.State == WebhookState.Active && delivery is { Kind: not null, State: not WebhookDeliveryState.Waiting };

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (await own.FindAsync(context.RouteData.Values["id"], HttpContext.RequestAborted) is not var (entity, webhook))
        {
            context.Result = NotFound();
            return;
        }

        (_entity, Webhook) = (entity, webhook);
        await next();
    }

    public async Task OnGetAsync()
    {
        // One more than is shown tells whether another page follows.
        var found = await reader.DeliveriesAsync(Webhook.Id, Guid.TryParseExact(Before, "N", out _) ? Before : null, OnPage + 1, HttpContext.RequestAborted);
        Items = [.. found.Take(OnPage)];
        Next = found.Count > OnPage ? Items[^1].Id : null;
    }

    public async Task<IActionResult> OnPostTestAsync() =>
        await AnswerAsync(await test.ExecuteAsync(Webhook.Id, _entity.Tin, person.Session.AccountId, HttpContext.RequestAborted), "Webhooks.TestDone");

    public async Task<IActionResult> OnPostResendAsync(string? delivery) =>
        await AnswerAsync(await resend.ExecuteAsync(Webhook.Id, delivery ?? "", _entity.Tin, person.Session.AccountId, HttpContext.RequestAborted), "Webhooks.ResendDone");

    private async Task<IActionResult> AnswerAsync(Outcome<Webhook> outcome, string done)
    {
        if (outcome.TryGet(out _, out var refusal))
        {
            Done = words[done];
            return RedirectToPage("/Webhooks/Show", new { id = Webhook.Id });
        }

        ModelState.AddModelError("", own.Say(refusal));
        await OnGetAsync();
        return Page();
    }
}
