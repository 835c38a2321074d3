using System.Globalization;
using TradeIdentity.Authority.Languages;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Server.Site;
using TradeIdentity.Verification.Credentials;
using TradeIdentity.Verification.Trust;
using TradeIdentity.Verification.Verdicts;

namespace TradeIdentity.Server.Pages.Verify;

/// <summary>A verdict in the order in which an officer looks: the answer, whom it is about, of when it is, and what to do.</summary>
public sealed record ShownVerdict
{
    /// <summary><c>accepted</c>, <c>rejected</c> or <c>undetermined</c>.</summary>
    public required string Answer { get; init; }

    /// <summary>The stable code; null where it is accepted.</summary>
    public required string? Reason { get; init; }

    /// <summary>Whether an issuer of the bundle signed what is shown.</summary>
    public required bool IsProven { get; init; }

    /// <summary>Label and text; what an issuer or a bearer wrote is isolated from the direction of the page.</summary>
    public required IReadOnlyList<(string Label, string Text)> Facts { get; init; }

    /// <summary>Of the sprite: each answer has a shape of its own.</summary>
    public string Icon => Answer switch { "accepted" => "done", "rejected" => "stop", _ => "question" };

    public string Note => Answer switch { "accepted" => "note-done", "rejected" => "note-stop", _ => "note-doubt" };

    internal static ShownVerdict Of(Verdict verdict, Wording words)
    {
        var (answer, reason) = verdict.Match<(string, string?)>(
            _ => ("accepted", null), rejected => ("rejected", rejected.Reason.Code()), undetermined => ("undetermined", undetermined.Doubt.Code()));
        var evidence = verdict.Evidence;
        var facts = new List<(string, string)>();
        if (evidence.Credential is { } credential)
        {
            AddCredential(facts, credential, evidence, words);
        }

        if (evidence.Status is { } status)
        {
            var value = words[$"Verify.status.{status.Value}"];
            facts.Add((words["Verify.Status"], status.AsOf is { } asOf ? words["Verify.StatusText", value, Time(asOf)] : value));
        }

        if (evidence.Bundle is { } bundle)
        {
            facts.Add((words["Verify.TrustList"], words["Verify.TrustListText", bundle.Sequence, Time(bundle.Content.Issued)]));
        }

        if (answer == "accepted")
        {
            facts.Add((words["Verify.Bearer"], words["Verify.BearerText"]));
        }

        if (evidence.Credential is { } described)
        {
            AddIdentifiers(facts, described, words);
        }

        return new ShownVerdict { Answer = answer, Reason = reason, IsProven = evidence.Issuer is not null, Facts = facts };
    }

    private static void AddCredential(List<(string, string)> facts, Credential credential, Evidence evidence, Wording words)
    {
        facts.Add((words["Verify.LegalName"], credential.LegalName));
        facts.Add((words["Credentials.Tin"], credential.Tin));
        if (evidence.Succession is { } succession)
        {
            var successors = words.List(succession.Successors.Select(successor => $"{successor.LegalName} ({successor.Tin})"));
            facts.Add((words["Verify.Since"], words[$"Verify.since.{succession.Kind}", succession.Tin, successors, Day(succession.EffectiveOn)]));
        }

        if (credential.Mandate is { } mandate)
        {
            AddMandate(facts, mandate, evidence.LinkStatuses, words);
        }

        facts.AddRange(credential.Aeo.Select(claim => (ComponentName(claim.Component, evidence.Bundle, words), ComponentText(claim, words))));
        if (credential.Roles.Count > 0)
        {
            facts.Add((words["Verify.Roles"], words.List(credential.Roles.Select(role => RoleName(role, words)))));
        }

        facts.Add((words["Verify.IssuedBy"], evidence.Issuer is { } issuer ? Named(issuer.Names, words) ?? issuer.Code : credential.Issuer));
        facts.Add((words["Verify.Valid"], words["Verify.ValidText", WrittenDay.Of(credential.NotBefore, CultureInfo.CurrentCulture), WrittenDay.Of(credential.ExpiresAt, CultureInfo.CurrentCulture)]));
    }

    private static void AddIdentifiers(List<(string, string)> facts, Credential credential, Wording words)
    {
        facts.AddRange(credential.Identifiers.Select(identifier =>
            (IdentifierSchemes.Name(identifier.Scheme).ToUpperInvariant(), identifier.IsConfirmed ? identifier.Value : words["Verify.Declared", identifier.Value])));
        if (credential.Address is { } address)
        {
            facts.Add((words["Credentials.Address"], address));
        }
    }

    private static void AddMandate(List<(string, string)> facts, MandateClaim mandate, IReadOnlyList<StatusValue> statuses, Wording words)
    {
        if (mandate.Bearer is { } bearer)
        {
            facts.Add((words["Verify.Person"], words["Verify.PersonText", bearer]));
        }

        facts.Add((words["Verify.ActsFor"], $"{mandate.Principal.LegalName} ({mandate.Principal.Tin})"));
        facts.Add((words[$"Mandates.kind.{(mandate.Representation == Representation.Direct ? "direct" : "indirect")}"], words[$"Mandates.kindText.{(mandate.Representation == Representation.Direct ? "direct" : "indirect")}"]));
        for (var i = 0; i < mandate.Links.Count; i++)
        {
            var link = mandate.Links[i];
            var text = i < statuses.Count
                ? words["Verify.ChainLinkStatus", link.LegalName, link.Tin, words[$"Verify.status.{statuses[i]}"]]
                : words["Verify.ChainLink", link.LegalName, link.Tin];
            facts.Add(($"{words["Verify.Chain"]} {i + 1}", text));
        }

        var limits = mandate.Limits;
        Add("Verify.LimitDeclarations", limits.Declarations.Select(DeclarationCodes.Name));
        Add("Verify.LimitProcedures", limits.Procedures);
        Add("Verify.LimitPlaces", limits.Places);
        if (limits.Value is { } value)
        {
            facts.Add((words["Verify.Limits"], words["Verify.LimitValue", value.ToString("N2", CultureInfo.CurrentCulture), limits.Currency!]));
        }

        void Add(string key, IEnumerable<string> codes)
        {
            if (codes.Any())
            {
                facts.Add((words["Verify.Limits"], words[key, words.List(codes)]));
            }
        }
    }

    private static string ComponentName(int code, TrustBundle? bundle, Wording words) =>
        bundle?.AeoComponent(code) is { } entry ? $"{entry.Component} – {Named(entry.Names, words) ?? entry.Programme}" : words["Credentials.ComponentUnknown", code];

    private static string ComponentText(AeoComponentClaim claim, Wording words) =>
        words[claim.Status == AeoComponentStatus.Granted ? "Credentials.ComponentGranted" : "Credentials.ComponentSuspended", claim.AuthorisationNumber, Day(claim.EffectiveFrom)];

    private static string RoleName(string code, Wording words) =>
        TradeRoles.TryFind(code, out var role) ? $"{role.Names.GetValueOrDefault(words.Language) ?? role.Names["en"]} ({code})" : code;

    private static string? Named(IReadOnlyList<KeyValuePair<string, string>> names, Wording words) =>
        names.Where(name => name.Key == words.Language).Select(name => name.Value).FirstOrDefault() ?? names.Select(name => name.Value).FirstOrDefault();

    private static string Time(DateTimeOffset at) => WrittenDay.WithTime(at, CultureInfo.CurrentCulture);

    private static string Day(DateOnly day) => WrittenDay.Of(day, CultureInfo.CurrentCulture);
}
