using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeIdentity.Authority;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.Officer;

/// <summary>One act on one component: its ground is asked, what follows is listed, and then it is taken or proposed.</summary>
public sealed class ActModel(
    SignedInOfficer officer, GetOperator get, ForeseeAeoDecision foresee, ChangeAeoStatus change, ProposeAeoDecision propose, ProgrammeCatalogue programmes, TimeProvider time, Wording words) : PageModel
{
    private AeoAct _act;
    private AeoProgramme _programme = null!;

    public static IReadOnlyList<string> Grounds { get; } = [.. Enum.GetValues<SuspensionGround>().Select(ground => ground.ToCode())];

    [BindProperty]
    public string? LegalGround { get; set; }

    [BindProperty]
    public string? Ground { get; set; }

    [BindProperty]
    public string? AuthorisationNumber { get; set; }

    [BindProperty]
    public string? Tier { get; set; }

    [BindProperty]
    public string? EffectiveFrom { get; set; }

    [BindProperty]
    public string? EffectiveUntil { get; set; }

    /// <summary>The step of the component that the officer saw; 0: none.</summary>
    [BindProperty]
    public int Step { get; set; }

    public Operator Operator { get; private set; } = null!;

    public string ActCode => _act.ToCode();

    public string ComponentCode { get; private set; } = "";

    public bool TakesTwo { get; private set; }

    public bool IsRisk => _act is AeoAct.Suspend or AeoAct.Revoke or AeoAct.Refuse or AeoAct.Reject or AeoAct.Expire or AeoAct.Supersede or AeoAct.Relinquish;

    public IReadOnlyList<string> Tiers { get; private set; } = [];

    public AeoForeseen? Foreseen { get; private set; }

    /// <summary>What was checked, for the form that confirms it.</summary>
    public IEnumerable<(string Name, string? Value)> Given =>
        [(nameof(LegalGround), LegalGround), (nameof(Ground), Ground), (nameof(AuthorisationNumber), AuthorisationNumber), (nameof(Tier), Tier),
            (nameof(EffectiveFrom), EffectiveFrom), (nameof(EffectiveUntil), EffectiveUntil), (nameof(Step), $"{Step}")];

    private AeoComponent? Current => Operator.Aeo.FirstOrDefault(each => each.Programme == _programme.Code && each.Component == ComponentCode);

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        string Route(string name) => context.RouteData.Values[name] as string ?? "";
        if (await officer.FindAsync(HttpContext.RequestAborted) is not { MayTakeActs: true }
            || !AeoCodes.TryParse(Route("act"), out _act) || AeoLifecycle.Transitions.FirstOrDefault(way => way.Act == _act && (way.By & (AeoDecider.Officer | AeoDecider.TwoOfficers)) != 0) is not { } way
            || programmes.Find(Route("programme")) is not { } programme || programme.Find(Route("component")) is not { } component
            || !GivenTin.Read(Route("tin")).TryGet(out var tin, out _) || !(await get.ExecuteAsync(tin, HttpContext.RequestAborted)).TryGet(out var found, out _))
        {
            context.Result = NotFound();
            return;
        }

        (Operator, _programme, ComponentCode, TakesTwo, Tiers) = (found, programme, component.Code, way.TakesTwoOfficers, [.. component.Tiers.Select(tier => tier.Code)]);
        // A question has a text and a last day of its own.
        context.Result = _act == AeoAct.AskInformation ? RedirectToPage("/Officer/Ask", new { tin = tin.Value, programme = programme.Code, component = component.Code }) : null;
        if (context.Result is null)
        {
            await next();
        }
    }

    public void OnGet()
    {
        Step = Current?.Step ?? 0;
        EffectiveFrom = Days.Field(Today);
        if (AeoLifecycle.Find(_act, Current?.Status) is null)
        {
            ModelState.AddModelError("", words["Officer.refusal.aeo_transition_not_allowed"]);
        }
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (Read() is { } decision)
        {
            var outcome = await foresee.ExecuteAsync(decision, officer.Required, HttpContext.RequestAborted);
            if (outcome.TryGet(out var foreseen, out var refusal))
            {
                Foreseen = foreseen;
            }
            else
            {
                Refuse(refusal);
            }
        }

        return Page();
    }

    public async Task<IActionResult> OnPostConfirmAsync()
    {
        if (Read() is not { } decision)
        {
            return Page();
        }

        var refusal = TakesTwo
            ? (await propose.ExecuteAsync(decision, officer.Required, HttpContext.RequestAborted)).Refusal
            : (await change.ExecuteAsync(decision, officer.Required, HttpContext.RequestAborted)).Refusal;
        if (refusal is not null)
        {
            Refuse(refusal);
            return Page();
        }

        TempData[nameof(CaseModel.Done)] = words[TakesTwo ? "Officer.Proposed" : "Officer.Taken", words[$"Officer.act.{ActCode}"], ComponentCode];
        return RedirectToPage("/Officer/Case", new { tin = Operator.Tin.Value });
    }

    private DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    private AeoDecision? Read()
    {
        SuspensionGround? ground = AeoCodes.TryParse(Ground ?? "", out SuspensionGround named) ? named : null;
        var isGrant = _act == AeoAct.Grant;
        Require(!string.IsNullOrWhiteSpace(LegalGround), nameof(LegalGround), "Officer.LegalGroundMissing");
        Require(_act != AeoAct.Suspend || ground is not null, nameof(Ground), "Officer.GroundMissing");
        Require(!isGrant || !string.IsNullOrWhiteSpace(AuthorisationNumber), nameof(AuthorisationNumber), "Officer.NumberMissing");
        Require(_act == AeoAct.Extend || Days.Read(EffectiveFrom) is not null, nameof(EffectiveFrom), "Officer.DayWrong");
        Require(!isGrant || string.IsNullOrEmpty(EffectiveUntil) || Days.Read(EffectiveUntil) is not null, nameof(EffectiveUntil), "Officer.DayWrong");
        // What was looked at is what is decided: a case that has moved on is looked at again.
        if (Step != (Current?.Step ?? 0))
        {
            Step = Current?.Step ?? 0;
            ModelState.AddModelError("", words["Officer.MovedOn"]);
        }

        return !ModelState.IsValid ? null : new AeoDecision
        {
            Tin = Operator.Tin,
            Programme = _programme.Code,
            Component = ComponentCode,
            Act = _act,
            SuspensionGround = _act == AeoAct.Suspend ? ground : null,
            AuthorisationNumber = isGrant ? AuthorisationNumber!.Trim() : null,
            Tier = isGrant && !string.IsNullOrWhiteSpace(Tier) ? Tier.Trim() : null,
            EffectiveFrom = _act == AeoAct.Extend ? Today : Days.Read(EffectiveFrom)!.Value,
            EffectiveUntil = isGrant ? Days.Read(EffectiveUntil) : null,
            LegalGround = LegalGround!.Trim(),
        };
    }

    private void Require(bool holds, string field, string key)
    {
        if (!holds)
        {
            ModelState.AddModelError(field, words[key]);
        }
    }

    private void Refuse(Refusal refusal) => ModelState.AddModelError("", words.Find($"Officer.refusal.{refusal.Code}") ?? words["Officer.refusal.other", refusal.Code]);
}
