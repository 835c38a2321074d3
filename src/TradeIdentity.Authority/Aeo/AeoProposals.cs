using Dapper;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Aeo;

/// <summary>Reads proposals: the work list of all that are open, and what was proposed for one operator.</summary>
public sealed class AeoProposals(Database database)
{
    public const int MaxOfOperator = 100;

    internal static Refusal Unknown { get; } = new("aeo_proposal_unknown", "The operator has no proposal with this id.");

    /// <summary>The open ones, the oldest first: pages go by key, so that a page stays right while others are settled.</summary>
    /// <param name="after">The id of the last one of the page before; null: the first page.</param>
    /// <param name="limit">1 to <see cref="PageLimit.Most"/>; null: <see cref="PageLimit.Usual"/>.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<Outcome<AeoProposalPage>> WorkListAsync(string? after, int? limit, CancellationToken cancellationToken)
    {
        if (!PageLimit.Read(limit).TryGet(out var most, out var refusal))
        {
            return refusal;
        }

        if (after is not null && !IsId(after))
        {
            return new Refusal("cursor_invalid", "The cursor is not one that this list gave.");
        }

        // One more than asked for tells whether another page follows.
        var found = await QueryAsync(
            AeoProposalRow.Select + "WHERE state = 'open' AND id > @after ORDER BY id LIMIT @limit",
            new { after = after ?? "", limit = most + 1 },
            cancellationToken).ConfigureAwait(false);
        return new AeoProposalPage([.. found.Take(most)], found.Count > most ? found[most - 1].Id : null);
    }

    /// <summary>The newest of an operator in any state, at most <see cref="MaxOfOperator"/>.</summary>
    public Task<List<AeoProposal>> OfOperatorAsync(Tin tin, CancellationToken cancellationToken) =>
        QueryAsync(AeoProposalRow.Select + "WHERE tin = @tin ORDER BY id DESC LIMIT @MaxOfOperator", new { tin = tin.Value, MaxOfOperator }, cancellationToken);

    public async Task<Outcome<AeoProposal>> FindAsync(Tin tin, string id, CancellationToken cancellationToken) =>
        (await QueryAsync(AeoProposalRow.Select + "WHERE id = @id AND tin = @tin", new { id, tin = tin.Value }, cancellationToken).ConfigureAwait(false))
            .SingleOrDefault() is { } found ? found : Unknown;

    /// <summary>
    /// An open one, for the second of two officers. Officers take turns from here on, and with imports: what is read stays as it is, and
    /// of two who settle at once the second is told.
    /// </summary>
    internal static async Task<Outcome<AeoProposal>> OpenAsync(WriteTransaction tx, Tin tin, string id)
    {
        await RegisterLock.TakeAsync(tx).ConfigureAwait(false);
        var row = await tx.QuerySingleOrDefaultAsync<AeoProposalRow>(
            AeoProposalRow.Select + "WHERE id = @id AND tin = @tin", new { id, tin = tin.Value }).ConfigureAwait(false);
        return row?.ToProposal() is not { } proposal ? Unknown : Settled(proposal) is { } settled ? settled : proposal;
    }

    internal static Task SettleAsync(WriteTransaction tx, AeoProposal settled) => tx.ExecuteAsync(
        "UPDATE aeo_proposals SET state = @state, settled_by = @by, settled_at = @at, reason = @reason WHERE id = @id",
        new { state = settled.State.ToCode(), by = settled.SettledBy, at = settled.SettledAt!.Value.ToUnixTimeSeconds(), reason = settled.Reason, id = settled.Id });

    /// <summary>Why a proposal that is not open cannot be settled.</summary>
    private static Refusal? Settled(AeoProposal proposal) => proposal.State switch
    {
        AeoProposalState.Open => null,
        AeoProposalState.Overtaken => Overtaken,
        AeoProposalState.Withdrawn => new Refusal("aeo_proposal_settled", $"The proposal was withdrawn by the officer who made it on {proposal.SettledAt:u}."),
        _ => new Refusal("aeo_proposal_settled", $"The proposal was {(proposal.State == AeoProposalState.Approved ? "approved" : "turned down")} by another officer on {proposal.SettledAt:u}."),
    };

    internal static Refusal Overtaken { get; } = new(
        "aeo_proposal_overtaken", "The component has moved on since this was proposed. Look at its history, and propose again what still holds.");

    private static bool IsId(string text) => text.Length == 32 && text.All(char.IsAsciiHexDigitLower);

    private Task<List<AeoProposal>> QueryAsync(string sql, object parameters, CancellationToken cancellationToken) => database.ReadAsync(
        async connection => (await connection.QueryAsync<AeoProposalRow>(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken)).ConfigureAwait(false))
            .Select(row => row.ToProposal()).ToList(),
        cancellationToken);
}
