using Microsoft.AspNetCore.Mvc.Filters;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Aeo.Attachments;
using TradeIdentity.Authority.Aeo.Questionnaires;
using TradeIdentity.Authority.Documents;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.AeoHolder;

/// <summary>A page on a draft: its answers so far, and its documents.</summary>
public abstract class DraftPage(SignedInAccount person, OwnAeo own, AnswerSheets sheets, Attachments attachments) : HolderActPage(person, own, AeoAct.Submit)
{
    /// <summary>Null: the programme asks nothing.</summary>
    public AnswerSheet? Sheet { get; private set; }

    public IReadOnlyList<AttachedDocument> Documents { get; private set; } = [];

    public override Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next) => base.OnPageHandlerExecutionAsync(context, async () =>
    {
        Sheet = (await sheets.FindAsync(Entity.Tin, Component.Programme, Component.Code, HttpContext.RequestAborted)).Match<AnswerSheet?>(sheet => sheet, _ => null);
        Documents = Sheet is null ? [] : await attachments.OfAsync(Entity.Tin, Sheet.Programme, Sheet.Component, Sheet.OpenedStep, HttpContext.RequestAborted);
        return await next();
    });
}
