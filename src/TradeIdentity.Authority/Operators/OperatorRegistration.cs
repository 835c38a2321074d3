using System.Text.Json;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Operators;

/// <summary>
/// The registration of a batch of operators in one transaction: what is held is loaded at once, each operator is decided
/// against it in order, and all that changed is written at the end.
/// </summary>
internal sealed class OperatorRegistration
{
    private readonly WriteTransaction _tx;
    private readonly string _actor;
    private readonly DateTimeOffset _now;
    private readonly Dictionary<Tin, (Operator Operator, byte[] FactsDigest)> _held;
    private readonly Dictionary<(string Scheme, string Value), Tin> _holders;
    private readonly HashSet<Tin> _changed = [];
    private readonly List<AeoStep> _steps = [];
    private readonly List<AuditRecord> _audit = [];

    private OperatorRegistration(
        WriteTransaction tx,
        string actor,
        DateTimeOffset now,
        Dictionary<Tin, (Operator, byte[])> held,
        Dictionary<(string, string), Tin> holders) =>
        (_tx, _actor, _now, _held, _holders) = (tx, actor, now, held, holders);

    public static async Task<OperatorRegistration> BeginAsync(
        WriteTransaction tx, OperatorReader reader, IReadOnlyList<OperatorFacts> facts, string actor, DateTimeOffset now)
    {
        await RegisterLock.TakeAsync(tx).ConfigureAwait(false);
        var loaded = await reader.LoadAsync(tx, [.. facts.Select(each => each.Tin).Distinct()]).ConfigureAwait(false);
        var holders = await IdentifierHolders.FindAsync(tx, facts.SelectMany(each => each.Identifiers)).ConfigureAwait(false);
        return new OperatorRegistration(tx, actor, now, loaded.ToDictionary(each => each.Held.Tin, each => (each.Held, each.FactsDigest)), holders);
    }

    /// <summary>Decides one operator; refused, nothing of it is kept.</summary>
    public Outcome<ImportOutcome> Register(OperatorFacts facts)
    {
        var (held, heldDigest) = _held.GetValueOrDefault(facts.Tin);
        if (held is not null && GetOperator.Ended(held) is { } ended)
        {
            return ended;
        }

        if (facts.Identifiers.FirstOrDefault(identifier => IsTaken(identifier, facts.Tin)) is { } taken)
        {
            return new Refusal("identifier_taken", $"$.identifiers: the {taken.Scheme} is confirmed as another operator's.");
        }

        var aeo = new AeoImport(facts, held, _actor, _now);
        if (aeo.Refusal is not null)
        {
            return aeo.Refusal;
        }

        var digest = FactsDigest.Of(facts);
        if (held is not null && aeo.Steps.Count == 0 && digest.AsSpan().SequenceEqual(heldDigest))
        {
            return ImportOutcome.Unchanged;
        }

        Keep(held, Merge(facts, held, aeo.Components), digest, aeo.Steps);
        return held is null ? ImportOutcome.Created : ImportOutcome.Updated;
    }

    public async Task WriteAsync()
    {
        if (_changed.Count == 0)
        {
            return;
        }

        await OperatorWriter.WriteAsync(_tx, [.. _changed.Select(tin => _held[tin])]).ConfigureAwait(false);
        await AeoHistory.RecordAsync(_tx, _steps).ConfigureAwait(false);
        await FollowAeoSteps.ExecuteAsync(_tx, _steps, _now).ConfigureAwait(false);
        // Last: on PostgreSQL it holds the chain until the commit.
        await AuditTrail.AppendAsync(_tx, _now, _audit).ConfigureAwait(false);
    }

    private bool IsTaken(DeclaredIdentifier identifier, Tin tin) =>
        identifier.Scheme.IsUnique
        && _holders.TryGetValue((identifier.Scheme.Code, identifier.Value), out var holder)
        && holder != tin;

    private static bool IsHeld(Identifier identifier) => identifier.Scheme.IsUnique && identifier.Evidence.ConfirmedBy is not null;

    private Operator Merge(OperatorFacts facts, Operator? held, IReadOnlyList<AeoComponent> aeo)
    {
        var evidence = (facts.Evidence ?? SourceEvidence.None).By(_actor, _now);
        return new Operator
        {
            Tin = facts.Tin,
            LegalName = facts.LegalName,
            TradingNames = facts.TradingNames,
            Jurisdiction = facts.Jurisdiction,
            LegalForm = facts.LegalForm,
            RegisteredAddress = facts.RegisteredAddress,
            Identifiers = [.. facts.Identifiers.Select(identifier => Merge(identifier, held, evidence))],
            Roles = facts.Roles,
            Aeo = aeo,
            Evidence = evidence,
            CreatedAt = held?.CreatedAt ?? _now,
            UpdatedAt = _now,
            Version = (held?.Version ?? 0) + 1,
            Succession = OperatorSuccession.Of(held, facts.LegalName, _now),
        };
    }

    // A source that declares again what was confirmed says less than is known: the confirmation stays.
    private Identifier Merge(DeclaredIdentifier declared, Operator? held, Evidence ofDocument)
    {
        var evidence = declared.Evidence?.By(_actor, _now) ?? ofDocument;
        var before = held?.Identifiers.FirstOrDefault(each => each.Scheme == declared.Scheme && each.Value == declared.Value);
        return new Identifier(
            declared.Scheme,
            declared.Value,
            before is not null && before.Evidence.LevelAt(_now) > evidence.LevelAt(_now) ? before.Evidence : evidence);
    }

    private void Keep(Operator? before, Operator after, byte[] digest, IReadOnlyList<AeoStep> steps)
    {
        foreach (var identifier in (before?.Identifiers ?? []).Where(IsHeld))
        {
            _holders.Remove((identifier.Scheme.Code, identifier.Value));
        }

        foreach (var identifier in after.Identifiers.Where(IsHeld))
        {
            _holders[(identifier.Scheme.Code, identifier.Value)] = after.Tin;
        }

        _held[after.Tin] = (after, digest);
        _changed.Add(after.Tin);
        _steps.AddRange(steps);
        _audit.Add(new AuditRecord(_actor, before is null ? "operator-created" : "operator-updated", $"operator:{after.Tin}", Details(after, steps)));
    }

    private static string Details(Operator after, IReadOnlyList<AeoStep> steps) =>
        JsonSerializer.Serialize(
            new RegistrationDetails(
                after.Version,
                after.Evidence.Source,
                [.. steps.Select(step => new AeoStepDetails(
                    step.Component.Programme, step.Component.Component, step.From?.ToCode(), step.Component.Status.ToCode(), step.Component.Step))]),
            RegistrationDetailsJson.Default.RegistrationDetails);
}
