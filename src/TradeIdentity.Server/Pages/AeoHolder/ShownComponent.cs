using TradeIdentity.Authority.Aeo;
using TradeIdentity.Server.Pages.Credentials;
using TradeIdentity.Server.Site;

namespace TradeIdentity.Server.Pages.AeoHolder;

/// <summary>A component of a programme as its holder, or who may apply for it, reads it.</summary>
public sealed record ShownComponent
{
    public required string Programme { get; init; }

    public required string Code { get; init; }

    public required string Name { get; init; }

    /// <summary>Null: it was never applied for.</summary>
    public AeoComponent? State { get; init; }

    public required string StatusName { get; init; }

    public string? NextText { get; init; }

    public string? NextBy { get; init; }

    /// <summary>The last day of the authority, with what is left of it.</summary>
    public string? Due { get; init; }

    public string? LegalGround { get; init; }

    /// <summary>The day from which an application can be opened, where a revocation bars one.</summary>
    public string? BarredUntil { get; init; }

    public required IReadOnlyList<AeoAct> Acts { get; init; }

    public IReadOnlyList<ShownStep> Steps { get; init; } = [];

    public IReadOnlyList<ShownCredential> Credentials { get; init; } = [];

    public string Address => $"/aeo/{Programme}/{Code}";

    public string Icon => State is null ? "next" : IconOf(State.Status);

    public string Tag => Icon switch
    {
        "stop" => "tag tag-stop",
        "doubt" => "tag tag-doubt",
        _ => "tag",
    };

    internal static ShownComponent Of(
        AeoComponent component, ProgrammeCatalogue programmes, IReadOnlyList<AeoStep> steps, IReadOnlyList<ShownCredential> credentials, Wording words, DateOnly today)
    {
        var barred = AeoLifecycle.BarredUntil(component) is { } until && until > today ? until : (DateOnly?)null;
        var acts = AeoLifecycle.Next(component, today).Where(way => way.By.HasFlag(AeoDecider.Holder)).Select(way => way.Act).ToArray();
        var known = programmes.Find(component.Programme)?.Find(component.Component);
        var last = steps.Count > 0 ? steps[^1] : null;
        var isReassessed = AeoLifecycle.IsHeld(component.Status) && component.DueOn is not null;
        return new ShownComponent
        {
            Programme = component.Programme,
            Code = component.Component,
            Name = known is null ? component.Component : NameOf(known, words),
            State = component,
            StatusName = words[$"AeoHolder.status.{component.Status.ToCode()}"],
            NextText = words[isReassessed ? "AeoHolder.nextText.reassess" : $"AeoHolder.nextText.{component.Status.ToCode()}"],
            NextBy = words[component.Status switch
            {
                _ when isReassessed => "AeoHolder.next.authority",
                AeoStatus.Draft => "AeoHolder.next.holder",
                AeoStatus.Submitted or AeoStatus.Accepted or AeoStatus.IdentityVerified or AeoStatus.RiskAssessed or AeoStatus.Suspended => "AeoHolder.next.authority",
                _ => "AeoHolder.next.nobody",
            }],
            Due = component.DueOn is { } due ? Left(due, today, words) : null,
            LegalGround = last?.LegalGround,
            BarredUntil = barred is null ? null : OwnAeo.Day(barred.Value),
            Acts = acts,
            Steps = [.. steps.Select(step => ShownStep.Of(step, words))],
            Credentials = credentials,
        };
    }

    internal static ShownComponent NotHeld(AeoProgramme programme, AeoProgrammeComponent component, Wording words) => new()
    {
        Programme = programme.Code,
        Code = component.Code,
        Name = NameOf(component, words),
        StatusName = words["AeoHolder.NotHeld"],
        Acts = [AeoAct.Open],
    };

    /// <summary>The shape of a state: not by colour alone.</summary>
    internal static string IconOf(AeoStatus status) => status switch
    {
        AeoStatus.Granted => "done",
        AeoStatus.Suspended => "doubt",
        AeoStatus.Revoked or AeoStatus.Relinquished or AeoStatus.Expired or AeoStatus.Superseded or AeoStatus.Rejected or AeoStatus.Refused or AeoStatus.Withdrawn => "stop",
        _ => "next",
    };

    private static string NameOf(AeoProgrammeComponent component, Wording words) => component.Names.GetValueOrDefault(words.Language) ?? component.Names["en"];

    private static string Left(DateOnly due, DateOnly today, Wording words) => (due.DayNumber - today.DayNumber) switch
    {
        0 => words["AeoHolder.DueToday", OwnAeo.Day(due)],
        > 0 and var left => words["AeoHolder.DueLeft", OwnAeo.Day(due), left],
        var over => words["AeoHolder.DueOver", OwnAeo.Day(due), -over],
    };
}
