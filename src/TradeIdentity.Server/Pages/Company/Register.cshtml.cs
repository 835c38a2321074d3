using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeIdentity.Authority.Companies;
using TradeIdentity.Authority.Companies.Extracts;
using TradeIdentity.Authority.Companies.Registrations;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.Company;

/// <summary>
/// Registers a legal entity: one thing a page, from its number on, then all answers once more. The pages before the last keep nothing
/// here: what was answered travels in the form, and is judged anew when it is sent.
/// </summary>
public sealed class RegisterModel(SignedInAccount person, FindExtract find, RegisterEntity register, Wording words) : PageModel
{
    public static IReadOnlyList<string> Steps { get; } = ["number", "company", "address", "roles", "you", "check"];

    [BindProperty]
    public string? Step { get; set; }

    /// <summary>All was answered before, and one answer is changed.</summary>
    [BindProperty]
    public bool Checked { get; set; }

    [BindProperty]
    public string? Number { get; set; }

    [BindProperty]
    public string? Scheme { get; set; }

    [BindProperty]
    public string? Source { get; set; }

    [BindProperty]
    public string? LegalName { get; set; }

    [BindProperty]
    public string? Jurisdiction { get; set; }

    [BindProperty]
    public string? LegalForm { get; set; }

    [BindProperty]
    public string? Tin { get; set; }

    [BindProperty]
    public string? Street { get; set; }

    [BindProperty]
    public string? PostalCode { get; set; }

    [BindProperty]
    public string? Locality { get; set; }

    [BindProperty]
    public string? Country { get; set; }

    [BindProperty]
    public IReadOnlyList<string> Roles { get; set; } = [];

    /// <summary>Further numbers that a register knows, as <c>scheme:value</c>.</summary>
    [BindProperty]
    public IReadOnlyList<string> Further { get; set; } = [];

    [BindProperty]
    public string? Capacity { get; set; }

    [BindProperty]
    public string? Basis { get; set; }

    public int Place => Steps.ToList().IndexOf(Step!) + 1;

    /// <summary>What the pages before and after ask, for the form of this one.</summary>
    public IEnumerable<(string Name, string? Value)> Kept =>
    [
        .. Answers().Where(answer => answer.Step != Step).Select(answer => (answer.Name, answer.Value)),
        .. Step == "roles" ? [] : Roles.Select(role => (nameof(Roles), (string?)role)),
        .. Further.Select(number => (nameof(Further), (string?)number)),
        (nameof(Scheme), Scheme), (nameof(Source), Source), (nameof(Checked), Checked ? "true" : "false"),
    ];

    public void OnGet() => Step = Steps[0];

    public async Task<IActionResult> OnPostAsync(string? go)
    {
        Step = Steps.FirstOrDefault(step => step == Step) ?? Steps[0];
        if (Steps.Contains(go))
        {
            Step = go;
            return Page();
        }

        if (Step == "number")
        {
            await FillAsync();
        }

        if (Step != "check")
        {
            if (!IsAnswered())
            {
                return Page();
            }

            Step = Checked ? "check" : Steps[Steps.ToList().IndexOf(Step) + 1];
            Checked |= Step == "check";
            return Page();
        }

        return await SendAsync();
    }

    private async Task<IActionResult> SendAsync()
    {
        var outcome = await register.ExecuteAsync(Application(), person.Session.AccountId, HttpContext.RequestAborted);
        if (outcome.TryGet(out var registration, out var refusal))
        {
            TempData[nameof(RegistrationModel.Done)] = words["Company.Sent"];
            return RedirectToPage("/Company/Registration", new { id = registration.Id });
        }

        ModelState.AddModelError("", words.Find($"Company.refusal.{refusal.Code}") ?? words["Company.refusal.other", refusal.Detail]);
        return Page();
    }

    private EntityApplication Application() => new(
        new EntityDetails(
            LegalName ?? "",
            Upper(Jurisdiction) ?? "",
            Upper(LegalForm),
            new EntityAddress(Blank(Street), Blank(Locality), Blank(PostalCode), Upper(Country) ?? ""),
            [new EntityIdentifier(Scheme ?? "", Number ?? ""), .. Further.Select(text => text.Split(':', 2)).Where(parts => parts.Length == 2).Select(parts => new EntityIdentifier(parts[0], parts[1]))],
            [.. Roles.Distinct()],
            Upper(Tin)),
        Capacity ?? "",
        Basis ?? "");

    // What a register knows of the number fills the form; without one the person does.
    private async Task FillAsync()
    {
        var value = (Number ?? "").Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
        Number = value;
        Scheme = Lei.TryParse(value, out _) ? "lei" : BusinessRegisterId.TryParse(value, out _) ? "euid" : "national";
        (Source, Further) = (null, []);
        if (value.Length == 0 || !(await find.ExecuteAsync(value, HttpContext.RequestAborted)).TryGet(out var extract, out _))
        {
            return;
        }

        var entity = extract.Entity;
        (Source, LegalName, Jurisdiction, LegalForm) = (extract.Source, entity.LegalName, entity.Jurisdiction, entity.LegalForm);
        (Street, PostalCode, Locality, Country) = (entity.RegisteredAddress?.Street, entity.RegisteredAddress?.PostalCode, entity.RegisteredAddress?.Locality, entity.RegisteredAddress?.Country ?? entity.Jurisdiction[..2]);
        Scheme = entity.Identifiers!.First(number => number.Value == value).Scheme;
        Further = [.. entity.Identifiers!.Where(number => number.Value != value).Select(number => $"{number.Scheme}:{number.Value}")];
    }

    private bool IsAnswered()
    {
        switch (Step)
        {
            case "number":
                // An LEI has 20 characters, and nothing else of that length is one.
                Require(Number is { Length: > 0 and <= 64 } && IdentifierScheme.Parse(Scheme).Accepts(Number), nameof(Number), "Company.NumberMissing");
                Require(Number is not { Length: 20 } || Scheme != "national" || !Number.All(char.IsAsciiLetterOrDigit), nameof(Number), "Company.LeiWrong");
                break;
            case "company":
                Require(!string.IsNullOrWhiteSpace(LegalName), nameof(LegalName), "Company.LegalNameMissing");
                Require(Authority.Operators.Identifiers.Jurisdiction.TryParse(Upper(Jurisdiction), out _), nameof(Jurisdiction), "Company.JurisdictionWrong");
                Require(Upper(LegalForm) is not { } form || EntityLegalForm.TryParse(form, out _), nameof(LegalForm), "Company.LegalFormWrong");
                Require(Upper(Tin) is not { } tin || Authority.Operators.Identifiers.Tin.TryParse(tin, out _), nameof(Tin), "Company.TinWrong");
                break;
            case "address":
                Require(!string.IsNullOrWhiteSpace(Street), nameof(Street), "Company.StreetMissing");
                Require(!string.IsNullOrWhiteSpace(Locality), nameof(Locality), "Company.LocalityMissing");
                Require(CountryCode.TryParse(Upper(Country), out _), nameof(Country), "Company.CountryWrong");
                break;
            case "roles":
                Require(Roles.Count > 0 && Roles.All(role => TradeRoles.TryFind(role, out _)), nameof(Roles), "Company.RolesMissing");
                break;
            default:
                Require(Capacity?.Trim() is { Length: > 0 and <= RegisterEntity.MaxCapacity }, nameof(Capacity), "Company.CapacityMissing");
                Require(Basis?.Trim() is { Length: > 0 and <= RegisterEntity.MaxBasis }, nameof(Basis), "Company.BasisMissing");
                break;
        }

        return ModelState.IsValid;
    }

    private IEnumerable<(string Step, string Name, string? Value)> Answers() =>
    [
        ("number", nameof(Number), Number),
        ("company", nameof(LegalName), LegalName), ("company", nameof(Jurisdiction), Jurisdiction), ("company", nameof(LegalForm), LegalForm), ("company", nameof(Tin), Tin),
        ("address", nameof(Street), Street), ("address", nameof(PostalCode), PostalCode), ("address", nameof(Locality), Locality), ("address", nameof(Country), Country),
        ("you", nameof(Capacity), Capacity), ("you", nameof(Basis), Basis),
    ];

    private void Require(bool holds, string field, string key)
    {
        if (!holds && !ModelState.ContainsKey(field) | ModelState[field]?.Errors.Count == 0)
        {
            ModelState.AddModelError(field, words[key]);
        }
    }

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static string? Upper(string? text) => Blank(text)?.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
}
