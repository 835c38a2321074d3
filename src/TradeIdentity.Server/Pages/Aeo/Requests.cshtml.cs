using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.Aeo;

/// <summary>What the authority asked the entity of the session; one of them by its id, to be answered.</summary>
public sealed class RequestsModel(SignedInAccount person, AeoRequests requests, AnswerAeoRequest answer, Wording words) : PageModel
{
    [TempData]
    public string? Done { get; set; }

    [BindProperty]
    public string? Answer { get; set; }

    public Membership? Entity { get; private set; }

    public IReadOnlyList<AeoRequest> Items { get; private set; } = [];

    public bool MayAnswer { get; private set; }

    public async Task<IActionResult> OnGetAsync(string? id) => await ShowAsync(id) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string id)
    {
        if (!await ShowAsync(id) || Entity is null)
        {
            return NotFound();
        }

        var outcome = await answer.ExecuteAsync(Entity.Tin, id, Answer ?? "", person.Session.AccountId, HttpContext.RequestAborted);
        if (outcome.Refusal is { } refusal)
        {
            ModelState.AddModelError(refusal.Code == "aeo_answer_invalid" ? nameof(Answer) : "", words.Find($"Officer.refusal.{refusal.Code}") ?? words["Officer.refusal.other", refusal.Code]);
            return Page();
        }

        Done = words["Officer.AnswerSent"];
        return RedirectToPage(new { id });
    }

    private async Task<bool> ShowAsync(string? id)
    {
        Entity = await person.ActingForAsync(HttpContext.RequestAborted);
        if (Entity is null)
        {
            return id is null;
        }

        if (id is null)
        {
            Items = await requests.OfOperatorAsync(Entity.Tin, HttpContext.RequestAborted);
            return true;
        }

        if (id.Length != 32 || !id.All(char.IsAsciiHexDigitLower) || !(await requests.FindAsync(Entity.Tin, id, HttpContext.RequestAborted)).TryGet(out var found, out _))
        {
            return false;
        }

        (Items, MayAnswer) = ([found], found.State == AeoRequestState.Open);
        return true;
    }
}
