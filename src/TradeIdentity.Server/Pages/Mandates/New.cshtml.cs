using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Companies.Signatures;
using TradeIdentity.Authority.Mandates;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Server.Site;
using TradeIdentity.Verification.Credentials;

namespace TradeIdentity.Server.Pages.Mandates;

/// <summary>Grants a mandate for the entity of the session, or passes one on that it holds.</summary>
public sealed class NewModel(
    SignedInAccount person,
    MandateReader reader,
    GrantMandate grant,
    ProposeJointAct propose,
    Memberships memberships,
    Database database,
    UserManager<Account> accounts,
    TimeProvider time,
    Wording words) : PageModel
{
    private const int LongestList = 700;

    private MandateChain? _held;

    public static IReadOnlyList<string> Kinds { get; } = [MandateKind.Direct.ToCode(), MandateKind.Indirect.ToCode()];

    public static IReadOnlyList<string> DeclarationKinds => DeclarationCodes.All;

    /// <summary>The mandate that is passed on.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Parent { get; set; }

    /// <summary>A TIN, or the e-mail address of a person with an account.</summary>
    [BindProperty]
    public string? Representative { get; set; }

    [BindProperty]
    public string? Kind { get; set; }

    [BindProperty]
    public string? Until { get; set; }

    [BindProperty]
    public IReadOnlyList<string> Declarations { get; set; } = [];

    [BindProperty]
    public string? Procedures { get; set; }

    [BindProperty]
    public string? Places { get; set; }

    [BindProperty]
    public string? Value { get; set; }

    [BindProperty]
    public string? FurtherLevels { get; set; }

    public Membership Entity { get; private set; } = null!;

    public ShownMandate? Held { get; private set; }

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (await person.ActingForAsync(HttpContext.RequestAborted) is not { } entity || !entity.Rights.May(MemberPowers.Mandates))
        {
            // The list says why, and how one comes to act for an entity.
            context.Result = RedirectToPage("/Mandates/Index");
            return;
        }

        Entity = entity;
        if (Parent is not null)
        {
            _held = Parent.Length <= 64 ? await reader.FindAsync(Parent, HttpContext.RequestAborted) : null;
            if (_held is null || _held.Last.Representative != new MandateRepresentative.OfOperator(entity.Tin))
            {
                context.Result = NotFound();
                return;
            }

            var names = await MandateNames.ReadAsync(database, [_held], HttpContext.RequestAborted);
            Held = ShownMandate.Of(_held, isGranted: false, names, words, time.GetUtcNow());
        }

        await next();
    }

    public void OnGet()
    {
        if (_held?.Last.Scope is not { } scope)
        {
            return;
        }

        // What is passed on is what is held, unless it is made less.
        Declarations = [.. scope.Declarations];
        Procedures = string.Join(' ', scope.Procedures);
        Places = string.Join(' ', scope.Places);
        Value = scope.ValueLimit is { } limit ? string.Create(CultureInfo.InvariantCulture, $"{limit.Amount} {limit.Currency}") : null;
        Until = _held.Last.ValidUntil.AddSeconds(-1).UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (await ReadAsync() is not { } offer)
        {
            return Page();
        }

        var outcome = await grant.ExecuteAsync(offer, MandateActor.Person(person.Session.AccountId, Entity.Tin), HttpContext.RequestAborted);
        if (outcome.TryGet(out var granted, out var refusal))
        {
            TempData[nameof(ShowModel.Done)] = words["Mandates.GrantedDone"];
            return RedirectToPage("/Mandates/Show", new { id = granted.Last.Id });
        }

        if (refusal.Code == "joint_signature_required" && (refusal = (await propose.ExecuteAsync(offer, person.Session.AccountId, HttpContext.RequestAborted)).Refusal) is null)
        {
            TempData[nameof(ShowModel.Done)] = words["JointActs.Proposed"];
            return RedirectToPage("/Company/JointActs");
        }

        var (field, key) = refusal.Code is "operator_unknown" or "account_unknown" ? (nameof(Representative), "Mandates.RepresentativeUnknown") : ("", $"Mandates.refusal.{refusal.Code}");
        ModelState.AddModelError(field, words.Find(key) ?? words["Mandates.refusal.other"]);
        return Page();
    }

    private async Task<MandateOffer?> ReadAsync()
    {
        var now = time.GetUtcNow();
        var representative = await RepresentativeAsync();
        var kind = _held?.Last.Kind ?? MandateCodes.FindKind(Kind ?? "");
        Require(kind is not null, nameof(Kind), "Mandates.KindMissing");
        var hasDay = DateOnly.TryParseExact(Until, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day);
        Require(hasDay && day >= DateOnly.FromDateTime(now.UtcDateTime) && day <= DateOnly.FromDateTime(now.UtcDateTime).AddYears(5), nameof(Until), "Mandates.UntilWrong");
        var declarations = Declarations.Distinct().ToArray();
        Require(declarations.All(DeclarationCodes.All.Contains), nameof(Declarations), "Mandates.DeclarationsWrong");
        var procedures = Codes(Procedures);
        Require(procedures is not null && procedures.All(code => code.Length is 2 or 4 && code.All(char.IsAsciiDigit)), nameof(Procedures), "Mandates.ProceduresWrong");
        var places = Codes(Places);
        Require(places is not null && places.All(code => UnLocode.TryParse(code, out _)), nameof(Places), "Mandates.PlacesWrong");
        Require(TryReadValue(out var limit), nameof(Value), "Mandates.ValueWrong");
        var levels = 0;
        Require(string.IsNullOrEmpty(FurtherLevels) || (int.TryParse(FurtherLevels, NumberStyles.None, CultureInfo.InvariantCulture, out levels) && levels < Authority.Mandates.Mandate.MaxLinks), nameof(FurtherLevels), "Mandates.FurtherWrong");
        if (!ModelState.IsValid)
        {
            return null;
        }

        // The last day is a whole day in UTC, and never later than what is passed on.
        var until = new DateTimeOffset(day.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero);
        return new MandateOffer
        {
            Grantor = Entity.Tin,
            Representative = representative!,
            Kind = kind!.Value,
            Scope = new MandateScope { Declarations = [.. declarations], Procedures = [.. procedures!], Places = [.. places!], ValueLimit = limit },
            FurtherLevels = levels,
            ValidFrom = _held is { Last.ValidFrom: var from } && from > now ? from : now,
            ValidUntil = _held is { Last.ValidUntil: var end } && end < until ? end : until,
            Parent = _held?.Last.Id,
        };
    }

    private async Task<MandateRepresentative?> RepresentativeAsync()
    {
        var text = Representative?.Trim() ?? "";
        // People of the entity alone: the page does not tell who else has an account.
        if (text.Contains('@', StringComparison.Ordinal) && text.Length <= 254 && await accounts.FindByEmailAsync(text) is { } account
            && await memberships.FindAsync(account.Id, Entity.Tin, HttpContext.RequestAborted) is not null)
        {
            return new MandateRepresentative.OfPerson(account.Id);
        }

        if (Tin.TryParse(text.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant(), out var tin))
        {
            return new MandateRepresentative.OfOperator(tin);
        }

        ModelState.AddModelError(nameof(Representative), words[text.Length == 0 ? "Mandates.RepresentativeMissing" : "Mandates.RepresentativeUnknown"]);
        return null;
    }

    private bool TryReadValue(out ValueLimit? limit)
    {
        limit = null;
        var parts = (Value ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return parts.Length == 0
            || (parts.Length == 2 && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var amount) && ValueLimit.TryCreate(amount, parts[1].ToUpperInvariant(), out limit));
    }

    private static string[]? Codes(string? text) =>
        text is { Length: > LongestList } ? null : [.. (text ?? "").ToUpperInvariant().Split([' ', ','], StringSplitOptions.RemoveEmptyEntries).Distinct()];

    private void Require(bool isGood, string field, string fault)
    {
        if (!isGood)
        {
            ModelState.AddModelError(field, words[fault]);
        }
    }
}
