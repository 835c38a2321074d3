using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Credentials;
using TradeIdentity.Authority.Mandates;
using TradeIdentity.Authority.Notices;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Verification.Trust;

namespace TradeIdentity.Authority.Successions;

/// <summary>
/// What follows from a succession that two officers decided, in the transaction of the second: the predecessors are no more, their
/// credentials and mandates end, their AEO components are superseded, and under another number they are held again.
/// </summary>
internal static class CarryOutSuccession
{
    public static async Task ExecuteAsync(WriteTransaction tx, PreparedSuccession prepared, string officer, DateTimeOffset now)
    {
        var proposal = prepared.Proposal;
        var ground = $"{proposal.Kind.ToCode()}: succession {proposal.Id}";
        foreach (var tin in proposal.Predecessors)
        {
            await RevokeCredentialsAsync(tx, tin, ground, officer, now).ConfigureAwait(false);
            await EndMandatesAsync(tx, tin, ground, officer, now).ConfigureAwait(false);
        }

        await TakeStepsAsync(tx, prepared, officer, now).ConfigureAwait(false);
        await OperatorWriter.WriteAsync(tx, [.. Written(prepared, now)]).ConfigureAwait(false);
        await TellAsync(tx, prepared, now).ConfigureAwait(false);
        await AuditTrail.AppendAsync(
            tx,
            now,
            [.. proposal.Predecessors.Select(tin => new AuditRecord(officer, $"operator-{proposal.Kind.ToCode()}", $"operator:{tin}", $$"""{"succession":"{{proposal.Id}}"}"""))]).ConfigureAwait(false);
    }

    private static async Task RevokeCredentialsAsync(WriteTransaction tx, Tin tin, string ground, string officer, DateTimeOffset now)
    {
        var credentials = await CredentialStore.NotEndedAsync(tx, tin, now).ConfigureAwait(false);
        await RecordStatusChanges.ExecuteAsync(tx, credentials, StatusValue.Revoked, ground, officer, now, CredentialEnd.Superseded).ConfigureAwait(false);
        await CredentialHolds.ForgetAsync(tx, credentials.Select(credential => credential.Id)).ConfigureAwait(false);
    }

    private static async Task EndMandatesAsync(WriteTransaction tx, Tin tin, string ground, string officer, DateTimeOffset now)
    {
        var ids = await tx.QueryAsync<string>(
            """
            SELECT id FROM mandates
            WHERE (grantor_tin = @tin OR representative_tin = @tin) AND state IN (@offered, @accepted) AND valid_until > @now
            ORDER BY id
            """,
            new { tin = tin.Value, offered = (int)MandateState.Offered, accepted = (int)MandateState.Accepted, now = now.ToUnixTimeSeconds() }).ConfigureAwait(false);
        foreach (var id in ids)
        {
            var mandate = (await MandateReader.FindAsync(tx, id).ConfigureAwait(false))!.Last;
            await RecordMandateEnd.ExecuteAsync(tx, mandate, MandateState.Revoked, ground, MandateActor.Authority(officer), now).ConfigureAwait(false);
        }
    }

    private static async Task TakeStepsAsync(WriteTransaction tx, PreparedSuccession prepared, string officer, DateTimeOffset now)
    {
        var steps = prepared.Steps.Select(each => new AeoStep
        {
            Tin = each.Tin,
            Act = each.Way.Act,
            From = each.Way.From,
            Component = each.Next,
            LegalGround = prepared.Proposal.LegalGround,
            TakenBy = AeoDecider.Succession,
            ProposedBy = prepared.Proposal.ProposedBy,
            ApprovedBy = officer,
            RecordedAt = now,
        }).ToList();
        await AeoHistory.RecordAsync(tx, steps).ConfigureAwait(false);
        await FollowAeoSteps.ExecuteAsync(tx, steps, now).ConfigureAwait(false);
        foreach (var step in steps)
        {
            await AeoNotices.GiveAsync(tx, step).ConfigureAwait(false);
        }
    }

    private static IEnumerable<(Operator, byte[])> Written(PreparedSuccession prepared, DateTimeOffset now)
    {
        var proposal = prepared.Proposal;
        var end = new OperatorSuccession(proposal.Kind, proposal.EffectiveOn, proposal.Successors);
        foreach (var (held, digest) in prepared.Predecessors)
        {
            yield return (held with
            {
                Succession = end,
                Identifiers = [.. held.Identifiers.Where(identifier => !GoesAlong(proposal, identifier))],
                UpdatedAt = now,
                Version = held.Version + 1,
            }, digest);
        }

        if (proposal.Kind == SuccessionKind.Renumbered)
        {
            var (held, digest) = prepared.Successors[0];
            var along = prepared.Predecessors[0].Held.Identifiers.Where(identifier => GoesAlong(proposal, identifier)).ToList();
            yield return (held with
            {
                Identifiers = [.. held.Identifiers.Where(own => !along.Exists(each => each.Scheme == own.Scheme && each.Value == own.Value)), .. along],
                UpdatedAt = now,
                Version = held.Version + 1,
            }, digest);
        }
    }

    // Numbers that name one entity name it still under its new customs number, and two operators cannot hold them. The old EORI is the
    // old customs number.
    private static bool GoesAlong(SuccessionProposal proposal, Identifier identifier) =>
        proposal.Kind == SuccessionKind.Renumbered && identifier.Scheme.IsUnique && identifier.Scheme.Code != "eori" && identifier.Evidence.ConfirmedBy is not null;

    private static async Task TellAsync(WriteTransaction tx, PreparedSuccession prepared, DateTimeOffset now)
    {
        var proposal = prepared.Proposal;
        NoticeFact[] facts =
        [
            new("predecessors", Names(prepared.Predecessors)),
            new("successors", Names(prepared.Successors)),
            new("effective", NoticeWords.Write(proposal.EffectiveOn)),
            new("ground", proposal.LegalGround),
        ];
        await GiveNotice.ExecuteAsync(tx, proposal.Predecessors.Select(NoticeHolder.Of), $"operator-{proposal.Kind.ToCode()}", proposal.Id, facts, now).ConfigureAwait(false);
        await GiveNotice.ExecuteAsync(tx, proposal.Successors.Select(NoticeHolder.Of), "operator-succeeds", proposal.Id, facts, now).ConfigureAwait(false);
    }

    private static string Names(IReadOnlyList<(Operator Held, byte[] FactsDigest)> operators) =>
        string.Join(", ", operators.Select(each => $"{each.Held.LegalName} ({each.Held.Tin})"));
}
