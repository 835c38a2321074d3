using System.Collections.Immutable;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Successions;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.Successions;

/// <summary>A registrar proposes what became of operators.</summary>
[RolesOnly(AccountRoles.Registrar)]
public sealed class NewModel(SignedInAccount person, ProposeSuccession propose, Wording words) : PageModel
{
    public static IReadOnlyList<string> Kinds { get; } = ["merged", "divided", "renumbered"];

    [BindProperty]
    public string? Kind { get; set; }

    [BindProperty]
    public string? Predecessors { get; set; }

    [BindProperty]
    public string? Successors { get; set; }

    [BindProperty]
    public string? EffectiveOn { get; set; }

    [BindProperty]
    public string? LegalGround { get; set; }

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var (before, after, day) = (Read(Predecessors, nameof(Predecessors)), Read(Successors, nameof(Successors)), Days.Read(EffectiveOn));
        Require(Kinds.Contains(Kind), nameof(Kind), "Successions.KindMissing");
        Require(day is not null, nameof(EffectiveOn), "Successions.DateMissing");
        Require(!string.IsNullOrWhiteSpace(LegalGround), nameof(LegalGround), "Successions.GroundMissing");
        if (!ModelState.IsValid)
        {
            return Page();
        }

        var request = new SuccessionRequest(SuccessionCodes.Find(Kind)!.Value, before, after, day!.Value, LegalGround!);
        if ((await propose.ExecuteAsync(request, person.Session.AccountId, HttpContext.RequestAborted)).TryGet(out var proposal, out var refusal))
        {
            TempData[nameof(ShowModel.Done)] = words["Successions.Proposed"];
            return RedirectToPage("/Successions/Show", new { id = proposal.Id });
        }

        var field = refusal.Code == "succession_date_in_future" ? nameof(EffectiveOn) : "";
        ModelState.AddModelError(field, ShowModel.TextOf(refusal, words));
        return Page();
    }

    private ImmutableArray<Tin> Read(string? text, string field)
    {
        var tins = ImmutableArray.CreateBuilder<Tin>();
        foreach (var part in (text ?? "").Split([' ', ',', ';', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (Tin.TryParse(part.ToUpperInvariant(), out var tin))
            {
                tins.Add(tin);
            }
            else
            {
                ModelState.AddModelError(field, words["Successions.NumberInvalid", part]);
            }
        }

        Require(tins.Count > 0 || ModelState[field]?.Errors.Count > 0, field, $"Successions.{field}Missing");
        return tins.ToImmutable();
    }

    private void Require(bool holds, string field, string key)
    {
        if (!holds)
        {
            ModelState.AddModelError(field, words[key]);
        }
    }
}
