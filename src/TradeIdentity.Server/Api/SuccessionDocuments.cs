using TradeIdentity.Authority;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Successions;

namespace TradeIdentity.Server.Api;

/// <summary>Proposes that operators were merged, divided or given another number.</summary>
/// <param name="Kind"><c>merged</c>, <c>divided</c> or <c>renumbered</c>.</param>
/// <param name="Predecessors">TINs of who ends: one, or of a merger one to ten.</param>
/// <param name="Successors">TINs of who carries on: one, or of a division one to ten.</param>
/// <param name="EffectiveOn">The first day, today or earlier.</param>
/// <param name="LegalGround">1 to 2,000 characters.</param>
internal sealed record SuccessionRequestBody(string Kind, IReadOnlyList<string> Predecessors, IReadOnlyList<string> Successors, DateOnly EffectiveOn, string LegalGround)
{
    internal Outcome<SuccessionRequest> ToRequest()
    {
        if (SuccessionCodes.Find(Kind) is not { } kind)
        {
            return new Refusal("body_invalid", "kind is merged, divided or renumbered.");
        }

        if (Predecessors.Count > SuccessionRequest.MostParties || Successors.Count > SuccessionRequest.MostParties)
        {
            return new Refusal("body_invalid", $"At most {SuccessionRequest.MostParties} predecessors and successors.");
        }

        var tins = new List<Tin>();
        foreach (var text in Predecessors.Concat(Successors))
        {
            if (!GivenTin.Read(text).TryGet(out var tin, out var refusal))
            {
                return refusal;
            }

            tins.Add(tin);
        }

        return new SuccessionRequest(kind, [.. tins.Take(Predecessors.Count)], [.. tins.Skip(Predecessors.Count)], EffectiveOn, LegalGround);
    }
}

/// <summary>Why a succession is turned down, 1 to 2,000 characters.</summary>
internal sealed record SuccessionReasonBody(string Reason);

/// <summary>A succession: <c>open</c>, <c>approved</c>, <c>turned-down</c> or <c>withdrawn</c>. <c>ends</c>, while it is open: what it would end.</summary>
internal sealed record SuccessionBody(
    string Id,
    string Kind,
    IReadOnlyList<string> Predecessors,
    IReadOnlyList<string> Successors,
    DateOnly EffectiveOn,
    string LegalGround,
    string State,
    string ProposedBy,
    DateTimeOffset ProposedAt,
    string? SettledBy,
    DateTimeOffset? SettledAt,
    string? Reason,
    IReadOnlyList<ForeseenEndBody>? Ends)
{
    internal static SuccessionBody Of(SuccessionProposal proposal, IReadOnlyList<ForeseenEnd>? ends = null) => new(
        proposal.Id,
        proposal.Kind.ToCode(),
        [.. proposal.Predecessors.Select(tin => tin.Value)],
        [.. proposal.Successors.Select(tin => tin.Value)],
        proposal.EffectiveOn,
        proposal.LegalGround,
        proposal.State,
        proposal.ProposedBy,
        proposal.ProposedAt,
        proposal.SettledBy,
        proposal.SettledAt,
        proposal.Reason,
        ends is null ? null : [.. ends.Select(end => new ForeseenEndBody(end.Operator.Tin.Value, [.. end.Components.Select(AeoBody.Of)], end.Credentials, end.Mandates))]);
}

/// <summary>What would end of a predecessor as things are.</summary>
internal sealed record ForeseenEndBody(string Tin, IReadOnlyList<AeoBody> Components, int Credentials, int Mandates);

/// <summary>Successions; the next page has this cursor, the last none.</summary>
internal sealed record SuccessionPageBody(IReadOnlyList<SuccessionBody> Items, string? NextCursor);

/// <summary>What became of an operator; a renaming leaves it as it is and names itself.</summary>
internal sealed record OperatorSuccessionBody(string Kind, DateOnly EffectiveOn, IReadOnlyList<string> Successors)
{
    internal static OperatorSuccessionBody? Of(OperatorSuccession? succession) =>
        succession is null ? null : new(succession.Kind.ToCode(), succession.EffectiveOn, [.. succession.Successors.Select(tin => tin.Value)]);
}
