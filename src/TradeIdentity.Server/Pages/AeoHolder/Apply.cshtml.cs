using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.AeoHolder;

/// <summary>Opens an application for one component of the programme of the entity's country.</summary>
public sealed class ApplyModel(SignedInAccount person, OwnAeo own, ProgrammeCatalogue programmes, Wording words) : PageModel
{
    internal const int LongestReason = 500;

    [BindProperty]
    public string? Component { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    public Membership Entity { get; private set; } = null!;

    public string ProgrammeName { get; private set; } = "";

    public IReadOnlyList<ShownComponent> Choices { get; private set; } = [];

    /// <summary>Of the same programme, and not to be applied for now: the page says why.</summary>
    public IReadOnlyList<ShownComponent> Closed { get; private set; } = [];

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (await person.ActingForAsync(HttpContext.RequestAborted) is not { } entity || programmes.Of(entity.Tin.Country) is not { } programme)
        {
            // The overview says how one comes to act for an entity, or that there is no programme.
            context.Result = RedirectToPage("/AeoHolder/Index");
            return;
        }

        Entity = entity;
        ProgrammeName = programme.Names.GetValueOrDefault(words.Language) ?? programme.Names["en"];
        var components = (await own.ReadAsync(entity.Tin, HttpContext.RequestAborted)).Where(component => component.Programme == programme.Code).ToArray();
        Choices = [.. components.Where(component => component.Acts.Contains(AeoAct.Open))];
        Closed = [.. components.Except(Choices)];
        await next();
    }

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var chosen = Choices.FirstOrDefault(component => component.Code == Component);
        if (chosen is null)
        {
            ModelState.AddModelError(nameof(Component), words["AeoHolder.ComponentMissing"]);
        }

        var reason = Reason?.Trim() ?? "";
        if (reason.Length is 0 or > LongestReason)
        {
            ModelState.AddModelError(nameof(Reason), words["AeoHolder.ReasonMissing"]);
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        if (await own.TakeAsync(Entity, chosen!, AeoAct.Open, reason, HttpContext.RequestAborted) is { } refusal)
        {
            ModelState.AddModelError("", refusal);
            return Page();
        }

        TempData[nameof(QuestionnaireModel.Done)] = words["AeoHolder.Opened"];
        return Redirect($"{chosen!.Address}/questionnaire");
    }
}
