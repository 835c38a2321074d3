using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Issuance;
using TradeIdentity.Authority.Mandates;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Server.Pages.Mandates;
using TradeIdentity.Server.Site;
using TradeIdentity.Verification.Credentials;

namespace TradeIdentity.Server.Pages.Credentials;

/// <summary>A credential of its own for the entity of the session: its identity, its AEO status, or a mandate that it holds.</summary>
public sealed class NewModel(
    SignedInAccount person,
    ObtainCredential obtain,
    OwnCredentials own,
    GetOperator operators,
    MandateReader mandates,
    Database database,
    TimeProvider time,
    Wording words) : PageModel
{
    private const int MostMandates = 50;
    private const string MandatePrefix = nameof(CredentialTypes.Mandate) + "-";

    /// <summary>A type, or of a mandate its type and id.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Kind { get; set; }

    public Membership Entity { get; private set; } = null!;

    public bool HasAeo { get; private set; }

    public IReadOnlyList<Choice> Choices { get; private set; } = [];

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (await person.ActingForAsync(HttpContext.RequestAborted) is not { } entity || !OwnCredentials.MayObtain(entity))
        {
            // The list says why, and how one comes to act for an entity.
            context.Result = RedirectToPage("/Credentials/Index");
            return;
        }

        Entity = entity;
        await LoadAsync();
        await next();
    }

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (Kind is null || !Choices.Any(choice => choice.Value == Kind))
        {
            ModelState.AddModelError(nameof(Kind), words["Credentials.KindMissing"]);
            return Page();
        }

        var mandate = Kind.StartsWith(MandatePrefix, StringComparison.Ordinal) ? Kind[MandatePrefix.Length..] : null;
        _ = CredentialTypeCatalogue.TryFind(mandate is null ? Kind : nameof(CredentialTypes.Mandate), out var type);
        var outcome = await obtain.ExecuteAsync(new CredentialRequest(Entity.Tin, type, mandate), person.Session.AccountId, HttpContext.RequestAborted);
        if (outcome.TryGet(out var issued, out var refusal))
        {
            TempData[nameof(ShowModel.Done)] = words["Credentials.Obtained"];
            return RedirectToPage("/Credentials/Show", new { id = issued.Id.ToString() });
        }

        ModelState.AddModelError(nameof(Kind), own.Say(refusal));
        return Page();
    }

    private async Task LoadAsync()
    {
        var (cancelled, now) = (HttpContext.RequestAborted, time.GetUtcNow());
        HasAeo = (await operators.ExecuteAsync(Entity.Tin, cancelled)).Match(found => found.Aeo.Any(component => component.Status == AeoStatus.Granted), _ => false);
        var held = (await mandates.GrantedToAsync(Entity.Tin, null, MostMandates, cancelled)).Where(chain => chain.FaultAt(now) is null).ToList();
        var names = await MandateNames.ReadAsync(database, held, cancelled);
        var choices = new List<Choice> { Of(nameof(CredentialTypes.LegalIdentity), CredentialTypes.LegalIdentity) };
        if (HasAeo)
        {
            choices.Add(Of(nameof(CredentialTypes.AeoStatus), CredentialTypes.AeoStatus));
        }

        choices.AddRange(held.Select(chain => ShownMandate.Of(chain, isGranted: false, names, words, now)).Select(mandate => new Choice(
            MandatePrefix + mandate.Id, words["Credentials.MandateFor", mandate.Principal], words["Mandates.Row", mandate.Principal, mandate.Kind, mandate.Until])));
        Choices = choices;
    }

    private Choice Of(string value, int type) => new(value, ShownCredential.NameOf(type, words), words[$"Credentials.says.{value}"]);

    /// <summary>What can be had.</summary>
    public sealed record Choice(string Value, string Name, string Says);
}
