using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeIdentity.Authority;
using TradeIdentity.Authority.Companies.Registrations;
using TradeIdentity.Authority.Documents;
using TradeIdentity.Server.Hosting;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.Company;

/// <summary>One registration of the person: where it stands, what happens next, what they show for it, and the answer to what an officer asked.</summary>
[TakesFiles]
[RequestSizeLimit(LargestUpload, Order = TakesFilesAttribute.AfterAllPages)]
public sealed class RegistrationModel(SignedInAccount person, EntityRegistrations registrations, AnswerRegistration answer, RegistrationDocuments documents, Wording words) : PageModel
{
    // Somewhat more than a document takes: one that is too large is answered by this page.
    private const int LargestUpload = 2 * DocumentStore.MaxSize;

    [TempData]
    public string? Done { get; set; }

    [BindProperty]
    public string? Answer { get; set; }

    [BindProperty]
    public IFormFile? Document { get; set; }

    public EntityRegistration Registration { get; private set; } = null!;

    public IReadOnlyList<AttachedDocument> Documents { get; private set; } = [];

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        // Another's is none.
        if (context.RouteData.Values["id"] is string { Length: 32 } id && await registrations.FindAsync(id, HttpContext.RequestAborted) is { } found && found.AccountId == person.Session.AccountId)
        {
            Registration = found;
            Documents = await documents.OfAsync(found.Id, HttpContext.RequestAborted);
            await next();
        }
        else
        {
            context.Result = NotFound();
        }
    }

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAnswerAsync()
    {
        if (string.IsNullOrWhiteSpace(Answer))
        {
            ModelState.AddModelError(nameof(Answer), words["Company.AnswerMissing"]);
            return Page();
        }

        return After((await answer.ExecuteAsync(Registration.Id, Answer, person.Session.AccountId, HttpContext.RequestAborted)).Refusal, "Company.Answered");
    }

    public async Task<IActionResult> OnPostAttachAsync()
    {
        if (Document is null || Document.Length == 0)
        {
            ModelState.AddModelError(nameof(Document), words["Questionnaire.DocumentMissing"]);
            return Page();
        }

        using var content = new MemoryStream();
        await Document.CopyToAsync(content, HttpContext.RequestAborted);
        return After(
            (await documents.AttachAsync(Registration.Id, Document.FileName, content.GetBuffer().AsMemory(0, (int)content.Length), person.Session.AccountId, HttpContext.RequestAborted)).Refusal, "Questionnaire.Attached");
    }

    public async Task<IActionResult> OnPostRemoveAsync(string document) =>
        After((await documents.RemoveAsync(Registration.Id, document, person.Session.AccountId, HttpContext.RequestAborted)).Refusal, "Questionnaire.Removed");

    public async Task<IActionResult> OnPostWithdrawAsync() =>
        After((await answer.WithdrawAsync(Registration.Id, person.Session.AccountId, HttpContext.RequestAborted)).Refusal, "Company.Withdrawn");

    private IActionResult After(Refusal? refusal, string done)
    {
        if (refusal is not null)
        {
            var ofDocument = words.Find($"Questionnaire.refusal.{refusal.Code}");
            ModelState.AddModelError(ofDocument is null ? "" : nameof(Document), ofDocument ?? words.Find($"Company.refusal.{refusal.Code}") ?? words["Company.refusal.other", refusal.Detail]);
            return Page();
        }

        Done = words[done];
        return RedirectToPage();
    }
}
