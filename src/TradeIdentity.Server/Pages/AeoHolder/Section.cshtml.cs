using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Aeo.Questionnaires;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.AeoHolder;

/// <summary>One section of the questionnaire. What is filled in is saved; what is left open can be answered later.</summary>
public sealed class SectionModel(SignedInAccount person, OwnAeo own, AnswerSheets sheets, SaveAnswers save, Wording words) : HolderActPage(person, own, AeoAct.Submit)
{
    [BindProperty(SupportsGet = true, Name = "section")]
    public string? Code { get; set; }

    public AnswerSheet Sheet { get; private set; } = null!;

    public QuestionnaireSection Section { get; private set; } = null!;

    /// <summary>As given, right or wrong.</summary>
    public IReadOnlyDictionary<string, string?> Given { get; private set; } = new Dictionary<string, string?>();

    public static string FieldOf(Question question)
    {
        ArgumentNullException.ThrowIfNull(question);
        return $"q-{question.Code}";
    }

    public override Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next) => base.OnPageHandlerExecutionAsync(context, async () =>
    {
        if (!(await sheets.FindAsync(Entity.Tin, Component.Programme, Component.Code, HttpContext.RequestAborted)).TryGet(out var sheet, out _)
            || sheet.Questionnaire.SectionsFor(Component.Code).FirstOrDefault(section => section.Code == Code) is not { } section)
        {
            context.Result = NotFound();
            return new PageHandlerExecutedContext(PageContext, context.Filters, context.HandlerMethod, context.HandlerInstance);
        }

        (Sheet, Section) = (sheet, section);
        Given = section.Questions.ToDictionary(question => question.Code, question => sheet.Answers.GetValueOrDefault(question.Code));
        return await next();
    });

    public void OnGet()
    {
    }

    /// <param name="then"><c>next</c>: on to the next section; else back to the list.</param>
    public async Task<IActionResult> OnPostAsync(string? then)
    {
        Given = Section.Questions.ToDictionary(question => question.Code, question => (string?)Request.Form[FieldOf(question)].ToString());
        foreach (var question in Section.Questions.Where(question => !string.IsNullOrWhiteSpace(Given[question.Code]) && question.Read(Given[question.Code]) is null))
        {
            ModelState.AddModelError(FieldOf(question), words[$"Questionnaire.invalid.{question.Kind}", Question.MaxText]);
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        if ((await save.ExecuteAsync(Entity.Tin, Component.Programme, Component.Code, Given, AccountId, HttpContext.RequestAborted)).Refusal is { } refusal)
        {
            ModelState.AddModelError("", words.Find($"AeoHolder.refusal.{refusal.Code}") ?? words["Questionnaire.refusal.other", refusal.Detail]);
            return Page();
        }

        TempData[nameof(QuestionnaireModel.Done)] = words["Questionnaire.Saved"];
        var following = Sheet.Questionnaire.SectionsFor(Component.Code).SkipWhile(section => section.Code != Code).Skip(1).FirstOrDefault();
        return Redirect(then == "next" && following is not null ? $"{Component.Address}/questionnaire/{following.Code}" : $"{Component.Address}/questionnaire");
    }
}
