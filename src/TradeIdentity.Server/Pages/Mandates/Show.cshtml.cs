using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeIdentity.Authority;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Mandates;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.Mandates;

/// <summary>One mandate with its chain; answered, passed on and ended here. Each act asks the register for the right again.</summary>
public sealed class ShowModel(
    SignedInAccount person,
    MandateReader reader,
    AnswerMandate answer,
    EndMandate end,
    Database database,
    TimeProvider time,
    Wording words) : PageModel
{
    private MandateChain _chain = null!;
    private Membership? _entity;

    [TempData]
    public string? Done { get; set; }

    [BindProperty]
    public string? Ground { get; set; }

    public ShownMandate Mandate { get; private set; } = null!;

    /// <summary>The principal, then each representative with the link that leads to it.</summary>
    public IReadOnlyList<Party> Parties { get; private set; } = [];

    public IReadOnlyList<string> Limits { get; private set; } = [];

    public int FurtherLevels => _chain.Last.FurtherLevels;

    public string? Evidence => _chain.Last.Evidence;

    public string? EndGround => _chain.Last.EndGround;

    public bool IsRepresentative => _chain.Last.Representative switch
    {
        MandateRepresentative.OfOperator entity => entity.Tin == BoundTin,
        MandateRepresentative.OfPerson one => one.AccountId == person.Session.AccountId,
        _ => false,
    };

    public bool MayAnswer => IsRepresentative && _chain.Last.State == MandateState.Offered;

    public bool MayPassOn => BoundTin is { } tin && _chain.Last.Representative == new MandateRepresentative.OfOperator(tin) && FurtherLevels > 0 && Mandate.Holds;

    /// <summary>Whether the entity can have a QR code of it.</summary>
    public bool MayObtainCredential => BoundTin is { } tin && _chain.Last.Representative == new MandateRepresentative.OfOperator(tin) && Mandate.Holds;

    public bool MayEnd => _chain.Last.State == MandateState.Accepted && (IsRepresentative || IsGrantor) || (_chain.Last.State == MandateState.Offered && IsGrantor);

    private bool IsGrantor => BoundTin is { } tin && (_chain.Last.Grantor == tin || _chain.Last.Principal == tin);

    // The entity that the person can bind.
    private Tin? BoundTin => _entity?.Rights.May(MemberPowers.Mandates) == true ? _entity.Tin : null;

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        _entity = await person.ActingForAsync(HttpContext.RequestAborted);
        if (context.RouteData.Values["id"] is string { Length: <= 64 } id && await reader.FindAsync(id, HttpContext.RequestAborted) is { } chain && IsParty(chain))
        {
            await ShowAsync(chain);
            await next();
        }
        else
        {
            context.Result = NotFound();
        }
    }

    public async Task<IActionResult> OnPostAcceptAsync() => await AfterAsync(await answer.AcceptAsync(_chain.Last.Id, Actor, HttpContext.RequestAborted), "Mandates.Accepted");

    public async Task<IActionResult> OnPostDeclineAsync() => await AfterAsync(await answer.DeclineAsync(_chain.Last.Id, Actor, HttpContext.RequestAborted), "Mandates.Declined");

    public async Task<IActionResult> OnPostEndAsync()
    {
        if (string.IsNullOrWhiteSpace(Ground))
        {
            ModelState.AddModelError(nameof(Ground), words["Mandates.GroundMissing"]);
            return Page();
        }

        return await AfterAsync(await end.ExecuteAsync(_chain.Last.Id, Ground, Actor, HttpContext.RequestAborted), "Mandates.Ended");
    }

    private MandateActor Actor => MandateActor.Person(person.Session.AccountId, _entity?.Tin);

    private async Task<IActionResult> AfterAsync(Outcome<MandateChain> outcome, string done)
    {
        if (outcome.TryGet(out _, out var refusal))
        {
            Done = words[done];
            return RedirectToPage();
        }

        if (await reader.FindAsync(_chain.Last.Id, HttpContext.RequestAborted) is { } now)
        {
            // Somebody was before: what stands now is shown with it.
            await ShowAsync(now);
        }

        ModelState.AddModelError("", words.Find($"Mandates.refusal.{refusal.Code}") ?? words["Mandates.refusal.other"]);
        return Page();
    }

    private bool IsParty(MandateChain chain) => chain.Links.Any(link =>
        (_entity is not null && (link.Grantor == _entity.Tin || link.Representative == new MandateRepresentative.OfOperator(_entity.Tin)))
        || link.Representative == new MandateRepresentative.OfPerson(person.Session.AccountId));

    private async Task ShowAsync(MandateChain chain)
    {
        _chain = chain;
        var now = time.GetUtcNow();
        var names = await MandateNames.ReadAsync(database, [chain], HttpContext.RequestAborted);
        Mandate = ShownMandate.Of(chain, isGranted: true, names, words, now);
        Parties =
        [
            new Party(names.Of(chain.Links[0].Grantor), chain.Links[0].Grantor.Value, null, true),
            .. chain.Links.Select(link => new Party(
                names.Of(link.Representative) ?? ShownMandate.Nobody,
                (link.Representative as MandateRepresentative.OfOperator)?.Tin.Value,
                words["Mandates.LinkText", ShownMandate.Day(link.ValidFrom), ShownMandate.LastDay(link.ValidUntil), ShownMandate.StandingOf(link.FaultAt(now), link, words)],
                link.FaultAt(now) is null)),
        ];
        Limits = [.. ShownMandate.LimitsOf(chain.Last.Scope, words)];
    }

    /// <summary>Someone in a chain, and the link that leads to them; null for the principal.</summary>
    public sealed record Party(string Name, string? Tin, string? Link, bool LinkHolds);
}
