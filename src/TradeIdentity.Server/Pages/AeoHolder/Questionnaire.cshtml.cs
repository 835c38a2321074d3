using Microsoft.AspNetCore.Mvc;
using TradeIdentity.Authority;
using TradeIdentity.Authority.Aeo.Attachments;
using TradeIdentity.Authority.Aeo.Questionnaires;
using TradeIdentity.Authority.Documents;
using TradeIdentity.Server.Hosting;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.AeoHolder;

/// <summary>The draft as a list of tasks: the sections of the questionnaire, and the documents.</summary>
[TakesFiles]
[RequestSizeLimit(LargestUpload, Order = TakesFilesAttribute.AfterAllPages)]
public sealed class QuestionnaireModel(SignedInAccount person, OwnAeo own, AnswerSheets sheets, Attachments attachments, AttachDocument attach, Wording words)
    : DraftPage(person, own, sheets, attachments)
{
    // Somewhat more than a document takes: one that is too large is answered by this page.
    private const int LargestUpload = 2 * DocumentStore.MaxSize;

    [TempData]
    public string? Done { get; set; }

    [BindProperty]
    public IFormFile? Document { get; set; }

    public void OnGet()
    {
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
        var attached = await attach.ExecuteAsync(
            Entity.Tin, Component.Programme, Component.Code, Document.FileName, content.GetBuffer().AsMemory(0, (int)content.Length), AccountId, HttpContext.RequestAborted);
        return After(attached.Refusal, "Questionnaire.Attached");
    }

    public async Task<IActionResult> OnPostRemoveAsync(string document) =>
        After((await attach.RemoveAsync(Entity.Tin, document, AccountId, HttpContext.RequestAborted)).Refusal, "Questionnaire.Removed");

    private IActionResult After(Refusal? refusal, string done)
    {
        if (refusal is not null)
        {
            ModelState.AddModelError(nameof(Document), words.Find($"Questionnaire.refusal.{refusal.Code}") ?? words["Questionnaire.refusal.other", refusal.Detail]);
            return Page();
        }

        Done = words[done];
        return RedirectToPage();
    }
}
