using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Verification.Trust;

namespace TradeIdentity.Authority.Successions;

/// <summary>A succession that can be carried out as things are: the operators, and the AEO steps that follow. Nothing of it is stored.</summary>
internal sealed record PreparedSuccession(
    SuccessionProposal Proposal,
    IReadOnlyList<(Operator Held, byte[] FactsDigest)> Predecessors,
    IReadOnlyList<(Operator Held, byte[] FactsDigest)> Successors,
    IReadOnlyList<(Tin Tin, AeoTransition Way, AeoComponent Next)> Steps)
{
    public static async Task<Outcome<PreparedSuccession>> PrepareAsync(WriteTransaction tx, SuccessionProposal proposal, OperatorReader reader, DateTimeOffset now)
    {
        var held = (await reader.LoadAsync(tx, [.. proposal.Parties]).ConfigureAwait(false)).ToDictionary(each => each.Held.Tin);
        foreach (var tin in proposal.Parties)
        {
            if (!held.TryGetValue(tin, out var party))
            {
                return new Refusal("operator_unknown", $"The register has no operator {tin}.");
            }

            if (GetOperator.Ended(party.Held) is { } ended)
            {
                return ended;
            }
        }

        var prepared = new PreparedSuccession(proposal, [.. proposal.Predecessors.Select(tin => held[tin])], [.. proposal.Successors.Select(tin => held[tin])], []);
        return prepared.WithSteps(DateOnly.FromDateTime(now.UtcDateTime));
    }

    // What each predecessor holds ends. Under another number it is the same operator: it goes on holding it, and the bar of a revocation
    // goes with it.
    private Outcome<PreparedSuccession> WithSteps(DateOnly today)
    {
        var steps = new List<(Tin, AeoTransition, AeoComponent)>();
        foreach (var (predecessor, _) in Predecessors)
        {
            if (predecessor.Aeo.FirstOrDefault(component => AeoLifecycle.IsRunning(component.Status)) is { } running)
            {
                return new Refusal("succession_application_runs", $"{predecessor.Tin} has an application for {running.Component} that runs: it is decided or withdrawn first.");
            }

            foreach (var component in predecessor.Aeo)
            {
                if (AeoLifecycle.IsHeld(component.Status))
                {
                    var way = AeoLifecycle.BySuccession(component.Status, AeoStatus.Superseded)!;
                    if (!AeoLifecycle.Take(way, component, MoveOf(component, today, Proposal.EffectiveOn)).TryGet(out var ended, out var refusal))
                    {
                        return refusal;
                    }

                    steps.Add((predecessor.Tin, way, ended));
                }

                if (Proposal.Kind == SuccessionKind.Renumbered && (AeoLifecycle.IsHeld(component.Status) || component.Status == AeoStatus.Revoked))
                {
                    var successor = Successors[0].Held;
                    var current = successor.Aeo.FirstOrDefault(each => each.Programme == component.Programme && each.Component == component.Component);
                    if (AeoLifecycle.BySuccession(current?.Status, component.Status) is not { } way)
                    {
                        return new Refusal("succession_component_in_the_way", $"{successor.Tin} has {component.Component} as {current?.Status.ToCode()}: what {predecessor.Tin} holds cannot go on there.");
                    }

                    var from = component.Status == AeoStatus.Revoked ? component.EffectiveFrom : Proposal.EffectiveOn;
                    if (!AeoLifecycle.Take(way, current, MoveOf(component, today, from)).TryGet(out var carried, out var refusal))
                    {
                        return refusal;
                    }

                    steps.Add((successor.Tin, way, carried));
                }
            }
        }

        return this with { Steps = steps };
    }

    private static AeoMove MoveOf(AeoComponent component, DateOnly today, DateOnly from) => new()
    {
        Programme = component.Programme,
        Component = component.Component,
        QrCode = component.QrCode,
        Tier = component.Tier,
        SuspensionGround = component.SuspensionGround,
        AuthorisationNumber = component.AuthorisationNumber,
        DecidedOn = today,
        EffectiveFrom = from,
        EffectiveUntil = component.EffectiveUntil,
    };
}
