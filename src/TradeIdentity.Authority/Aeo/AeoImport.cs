using TradeIdentity.Authority.Operators;

namespace TradeIdentity.Authority.Aeo;

/// <summary>
/// Brings an operator's components to the states that a register gives, on the ways of <see cref="AeoLifecycle"/>. What an
/// import does not name stays as it is: a status is never lost by silence.
/// </summary>
internal sealed class AeoImport
{
    private readonly Dictionary<(string Programme, string Component), AeoComponent> _components;
    private readonly List<AeoStep> _steps = [];

    public AeoImport(OperatorFacts facts, Operator? held, string actor, DateTimeOffset now)
    {
        _components = (held?.Aeo ?? []).ToDictionary(component => (component.Programme, component.Component));
        for (var i = 0; i < facts.Aeo.Count && Refusal is null; i++)
        {
            Refusal = Take(facts, facts.Aeo[i], $"$.aeo[{i}]", actor, now);
        }
    }

    /// <summary>Why the import cannot be taken; then the rest counts for nothing.</summary>
    public Refusal? Refusal { get; }

    public IReadOnlyList<AeoStep> Steps => _steps;

    public IReadOnlyList<AeoComponent> Components =>
        [.. _components.Values.OrderBy(component => component.Programme, StringComparer.Ordinal).ThenBy(component => component.Component, StringComparer.Ordinal)];

    private Refusal? Take(OperatorFacts facts, AeoEntry entry, string path, string actor, DateTimeOffset now)
    {
        var current = _components.GetValueOrDefault((entry.Programme, entry.Component));
        if (current is not null && SaysNothingNew(entry, current))
        {
            return null;
        }

        if (AeoLifecycle.ByRegister(current?.Status, entry.Status) is not { } way)
        {
            return new Refusal(
                "aeo_transition_not_allowed",
                $"{path}.status: {entry.Component} is {current?.Status.ToCode() ?? "not held"} and cannot become {entry.Status.ToCode()} by an import.");
        }

        if (!AeoLifecycle.Take(way, current, AeoMove.Of(entry)).TryGet(out var next, out var refusal))
        {
            return refusal with { Detail = $"{path}: {refusal.Detail}" };
        }

        _components[(entry.Programme, entry.Component)] = next;
        _steps.Add(new AeoStep
        {
            Tin = facts.Tin,
            Act = way.Act,
            From = current?.Status,
            Component = next,
            // The register's own officers decided; here the import answers for it, with the source as evidence.
            TakenBy = AeoDecider.Register,
            ProposedBy = actor,
            ApprovedBy = actor,
            Source = facts.Evidence?.Source,
            RecordedAt = now,
        });
        return null;
    }

    private static bool SaysNothingNew(AeoEntry entry, AeoComponent current) =>
        entry.Status == current.Status
        && entry.EffectiveFrom == current.EffectiveFrom
        && (entry.EffectiveUntil ?? current.EffectiveUntil) == current.EffectiveUntil
        && (entry.DecidedOn ?? current.DecidedOn) == current.DecidedOn
        && (entry.Tier ?? current.Tier) == current.Tier
        && (entry.SuspensionGround ?? current.SuspensionGround) == current.SuspensionGround
        && (entry.AuthorisationNumber ?? current.AuthorisationNumber) == current.AuthorisationNumber;
}
