using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeIdentity.Authority.Aeo.Attachments;
using TradeIdentity.Authority.Aeo.Questionnaires;
using TradeIdentity.Authority.Documents;
using TradeIdentity.Authority.Operators;

namespace TradeIdentity.Server.Pages.Officer;

/// <summary>What an applicant answered and attached.</summary>
public sealed class ApplicationModel(GetOperator operators, AnswerSheets sheets, Attachments attachments) : PageModel
{
    public Authority.Operators.Operator Operator { get; private set; } = null!;

    public AnswerSheet Sheet { get; private set; } = null!;

    public IReadOnlyList<AttachedDocument> Documents { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string tin, string programme, string component)
    {
        var cancelled = HttpContext.RequestAborted;
        if (!GivenTin.Read(tin).TryGet(out var parsed, out _)
            || !(await operators.ExecuteAsync(parsed, cancelled)).TryGet(out var found, out _)
            || !(await sheets.FindAsync(parsed, programme, component, cancelled)).TryGet(out var sheet, out _))
        {
            return NotFound();
        }

        (Operator, Sheet) = (found, sheet);
        Documents = await attachments.OfAsync(parsed, programme, component, sheet.OpenedStep, cancelled);
        return Page();
    }
}
