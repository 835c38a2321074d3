using Dapper;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Companies.Signatures;

/// <summary>Reads acts that wait for a second member's signature, and those that were settled.</summary>
public sealed class JointActs(Database database)
{
    public const int MostShown = 100;

    private const string Select =
        """
        SELECT id AS Id, tin AS Tin, kind AS Kind, document AS Document, proposed_by AS ProposedBy, proposed_at AS ProposedAt, expires_at AS ExpiresAt,
            state AS State, settled_by AS SettledBy, settled_at AS SettledAt, reason AS Reason
        FROM joint_acts

        """;

    /// <summary>Why an act that binds the operator is not done by one who signs jointly.</summary>
    internal static Refusal Required { get; } = new("joint_signature_required", "You sign jointly: propose the act, and another member signs it.");

    internal static Refusal NotYours { get; } = new("joint_act_not_yours", "This is an act of a member with the power to, acting for the entity.");

    internal static Refusal Unknown { get; } = new("joint_act_unknown", "The entity has no such act.");

    /// <summary>The newest of an operator in any state, at most <see cref="MostShown"/>.</summary>
    public Task<IReadOnlyList<JointAct>> OfOperatorAsync(Tin tin, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<JointAct>>(
        async connection =>
        [
            .. (await connection.QueryAsync<Row>(new CommandDefinition(
                Select + "WHERE tin = @tin ORDER BY id DESC LIMIT @MostShown", new { tin = tin.Value, MostShown }, cancellationToken: cancellationToken)).ConfigureAwait(false)).Select(row => row.ToAct()),
        ],
        cancellationToken);

    internal static async Task<JointAct?> FindAsync(WriteTransaction tx, string id, Tin tin) =>
        (await tx.QuerySingleOrDefaultAsync<Row>(Select + "WHERE id = @id AND tin = @tin", new { id, tin = tin.Value }).ConfigureAwait(false))?.ToAct();

    /// <summary>What it takes of a member to do it, or to sign it.</summary>
    internal static string PowerOf(string kind) => kind == "mandate-grant" ? MemberPowers.Mandates : MemberPowers.Aeo;

    private sealed record Row(
        string Id, string Tin, string Kind, string Document, string ProposedBy, long ProposedAt, long ExpiresAt, string State, string? SettledBy, long? SettledAt, string? Reason)
    {
        public JointAct ToAct()
        {
            var (tin, document) = (Operators.Identifiers.Tin.Parse(Tin), JointActDocument.Read(Document));
            var at = DateTimeOffset.FromUnixTimeSeconds(ProposedAt);
            return new JointAct
            {
                Id = Id,
                Tin = tin,
                Kind = Kind,
                Aeo = document.Aeo?.ToDecision(tin, Kind switch { "aeo-submit" => AeoAct.Submit, "aeo-withdraw" => AeoAct.Withdraw, _ => AeoAct.Relinquish }, DateOnly.FromDateTime(at.UtcDateTime)),
                Mandate = document.Mandate?.ToOffer(tin),
                ProposedBy = ProposedBy,
                ProposedAt = at,
                ExpiresAt = DateTimeOffset.FromUnixTimeSeconds(ExpiresAt),
                State = State,
                SettledBy = SettledBy,
                SettledAt = SettledAt is { } settled ? DateTimeOffset.FromUnixTimeSeconds(settled) : null,
                Reason = Reason,
            };
        }
    }
}
