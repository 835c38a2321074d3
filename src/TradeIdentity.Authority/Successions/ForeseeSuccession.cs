using Dapper;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Mandates;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Verification.Trust;

namespace TradeIdentity.Authority.Successions;

/// <summary>Tells, before it is approved, what a succession would end of each predecessor as things are.</summary>
public sealed class ForeseeSuccession(Database database, OperatorReader reader, TimeProvider time)
{
    /// <summary>In the order of the predecessors; one that the register no longer has is left out.</summary>
    public async Task<IReadOnlyList<ForeseenEnd>> ExecuteAsync(SuccessionProposal proposal, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(proposal);
        var held = await reader.FindManyAsync(database, proposal.Predecessors, cancellationToken).ConfigureAwait(false);
        var ends = new List<ForeseenEnd>();
        foreach (var tin in proposal.Predecessors.Where(held.ContainsKey))
        {
            var (credentials, mandates) = await database.ReadAsync(
                async connection => await connection.QuerySingleAsync<(long, long)>(new CommandDefinition(
                    """
                    SELECT
                        (SELECT COUNT(*) FROM credentials WHERE tin = @tin AND status <> @revoked AND expires_at > @now),
                        (SELECT COUNT(*) FROM mandates
                         WHERE (grantor_tin = @tin OR representative_tin = @tin) AND state IN (@offered, @accepted) AND valid_until > @now)
                    """,
                    new
                    {
                        tin = tin.Value,
                        revoked = (int)StatusValue.Revoked,
                        offered = (int)MandateState.Offered,
                        accepted = (int)MandateState.Accepted,
                        now = time.GetUtcNow().ToUnixTimeSeconds(),
                    },
                    cancellationToken: cancellationToken)).ConfigureAwait(false),
                cancellationToken).ConfigureAwait(false);
            ends.Add(new ForeseenEnd(held[tin], [.. held[tin].Aeo.Where(component => AeoLifecycle.IsHeld(component.Status))], (int)credentials, (int)mandates));
        }

        return ends;
    }
}
