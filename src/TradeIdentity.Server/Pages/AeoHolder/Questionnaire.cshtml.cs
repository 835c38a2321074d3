using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using TradeIdentity.Authority;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Aeo.Attachments;
using TradeIdentity.Authority.Aeo.Questionnaires;
using TradeIdentity.Server.Hosting;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.AeoHolder;

/// <summary>The draft as a list of tasks: the sections of the questionnaire, and the documents.</summary>
[TakesFiles]
[RequestSizeLimit(LargestUpload, Order = AfterAllPages)]
public sealed class QuestionnaireModel(SignedInAccount person, OwnAeo own, AnswerSheets sheets, Attachments attachments, AttachDocument attach, Wording words)
    : HolderActPage(person, own, AeoAct.Submit)
{
    // Somewhat more than a document takes: one that is too large is answered by this page.
    private const int LargestUpload = 2 * AttachDocument.MaxSize;

    // The limit of all pages has the usual order, and the last one counts.
    private const int AfterAllPages = 901;

    private readonly SignedInAccount _person = person;

    [TempData]
    public string? Done { get; set; }

    [BindProperty]
    public IFormFile? Document { get; set; }

    public AnswerSheet? Sheet { get; private set; }

    public IReadOnlyList<AttachedDocument> Documents { get; private set; } = [];

    public override Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next) => base.OnPageHandlerExecutionAsync(context, async () =>
    {
        await ReadAsync();
        return await next();
    });

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
            Entity.Tin, Component.Programme, Component.Code, Document.FileName, content.GetBuffer().AsMemory(0, (int)content.Length), _person.Session.AccountId, HttpContext.RequestAborted);
        return After(attached.Refusal, "Questionnaire.Attached");
    }

    public async Task<IActionResult> OnPostRemoveAsync(string id) =>
        After((await attach.RemoveAsync(Entity.Tin, id, _person.Session.AccountId, HttpContext.RequestAborted)).Refusal, "Questionnaire.Removed");

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

    private async Task ReadAsync()
    {
        Sheet = (await sheets.FindAsync(Entity.Tin, Component.Programme, Component.Code, HttpContext.RequestAborted)).Match<AnswerSheet?>(sheet => sheet, _ => null);
        Documents = Sheet is null ? [] : await attachments.OfAsync(Entity.Tin, Sheet.Programme, Sheet.Component, Sheet.OpenedStep, HttpContext.RequestAborted);
    }
}
