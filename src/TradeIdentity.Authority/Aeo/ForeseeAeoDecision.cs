using TradeIdentity.Authority.Credentials;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Aeo;

/// <summary>
/// What would follow from a decision, for the officer who is about to take, propose or approve it: by the very reading that takes
/// it. Stores nothing.
/// </summary>
public sealed class ForeseeAeoDecision(Database database, TimeProvider time, ChangeAeoStatus change)
{
    public async Task<Outcome<AeoForeseen>> ExecuteAsync(AeoDecision decision, AeoOfficer officer, CancellationToken cancellationToken) =>
        officer.MayTakeActs || officer.MayApprove
            ? await database.WriteAsync(tx => ForeseeAsync(tx, decision), cancellationToken).ConfigureAwait(false)
            : new Refusal("aeo_officer_required", "What follows from a decision is told to the officers who take it.");

    private async Task<Outcome<AeoForeseen>> ForeseeAsync(WriteTransaction tx, AeoDecision decision)
    {
        // Whichever of the two takes it: that is asked when it is taken.
        var prepared = await change.PrepareAsync(tx, decision, AeoDecider.Officer).ConfigureAwait(false);
        if (prepared.Refusal?.Code == "aeo_four_eyes")
        {
            prepared = await change.PrepareAsync(tx, decision, AeoDecider.TwoOfficers).ConfigureAwait(false);
        }

        if (!prepared.TryGet(out var step, out var refusal))
        {
            return refusal;
        }

        var changes = await FollowAeoStep.ForeseeAsync(tx, decision.Tin, step.Current?.Status, step.Next, time.GetUtcNow()).ConfigureAwait(false);
        var dates = (await tx.QueryAsync<DatesRow>(
            $"SELECT id AS Id, issued_at AS IssuedAt, expires_at AS ExpiresAt FROM credentials WHERE id IN {TextSet.In(tx.Dialect, "@ids")}",
            new { ids = TextSet.Of(changes.Select(each => each.Credential.Id)) }).ConfigureAwait(false)).ToDictionary(row => row.Id);
        return new AeoForeseen(
            step.Current?.Status,
            step.Next,
            [.. changes.Select(each => new AeoForeseenCredential(
                each.Credential.Id,
                DateTimeOffset.FromUnixTimeSeconds(dates[each.Credential.Id].IssuedAt),
                DateTimeOffset.FromUnixTimeSeconds(dates[each.Credential.Id].ExpiresAt),
                each.Credential.Status,
                each.To))]);
    }

    private sealed record DatesRow
    {
        public required string Id { get; init; }

        public required long IssuedAt { get; init; }

        public required long ExpiresAt { get; init; }
    }
}
