using System.Text.Json;
using System.Text.Json.Serialization;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Companies.Signatures;
using TradeIdentity.Authority.Notices;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Companies.MasterData;

/// <summary>
/// A member with the power over AEO consents that the operator's AEO master data goes to partner administrations, without which none of
/// them recognises its status; or withdraws that. Of those who sign jointly the consent takes two; its withdrawal takes one, so that it
/// is no harder than the consent.
/// </summary>
public sealed class ReleaseMasterData(Database database, TimeProvider time)
{
    /// <summary>What a joint act of it is called.</summary>
    public const string JointKind = "master-data-release";

    private static Refusal NotYours { get; } = new("master_data_not_yours", "This is an act of a member who acts for the entity and has the power over AEO status.");

    public Task<Outcome<MasterDataRelease>> ExecuteAsync(Tin tin, string accountId, CancellationToken cancellationToken) =>
        database.WriteAsync(tx => GiveAsync(tx, tin, accountId, coSignedBy: null, time.GetUtcNow()), cancellationToken);

    public Task<Outcome<MasterDataRelease>> WithdrawAsync(Tin tin, string accountId, CancellationToken cancellationToken) => database.WriteAsync<Outcome<MasterDataRelease>>(
        async tx =>
        {
            var now = time.GetUtcNow();
            await RegisterLock.TakeAsync(tx).ConfigureAwait(false);
            if ((await Memberships.RightsAsync(tx, accountId, tin, now).ConfigureAwait(false))?.May(MemberPowers.Aeo) != true)
            {
                return NotYours;
            }

            if (await MasterDataReleases.OpenAsync(tx, tin).ConfigureAwait(false) is not { } open)
            {
                return new Refusal("master_data_not_released", "The master data is not released.");
            }

            await tx.ExecuteAsync(
                "UPDATE master_data_releases SET withdrawn_by = @accountId, withdrawn_at = @now WHERE id = @Id", new { open.Id, accountId, now = now.ToUnixTimeSeconds() }).ConfigureAwait(false);
            await RecordAsync(tx, "master-data-withdrawn", tin, open.Id, accountId, null, now).ConfigureAwait(false);
            return open with { WithdrawnBy = accountId, WithdrawnAt = now.WholeSeconds() };
        },
        cancellationToken);

    internal static async Task<Outcome<MasterDataRelease>> GiveAsync(WriteTransaction tx, Tin tin, string accountId, string? coSignedBy, DateTimeOffset now)
    {
        await RegisterLock.TakeAsync(tx).ConfigureAwait(false);
        if (await Memberships.RightsAsync(tx, accountId, tin, now).ConfigureAwait(false) is not { } rights || !rights.May(MemberPowers.Aeo))
        {
            return NotYours;
        }

        if (rights.IsJoint && coSignedBy is null)
        {
            return JointActs.Required;
        }

        if (await MasterDataReleases.OpenAsync(tx, tin).ConfigureAwait(false) is not null)
        {
            return new Refusal("master_data_released", "The master data is released already.");
        }

        var id = TimeOrderedId.New(now);
        await tx.ExecuteAsync(
            "INSERT INTO master_data_releases (id, tin, given_by, co_signed_by, given_at) VALUES (@id, @tin, @accountId, @coSignedBy, @now)",
            new { id, tin = tin.Value, accountId, coSignedBy, now = now.ToUnixTimeSeconds() }).ConfigureAwait(false);
        await RecordAsync(tx, "master-data-released", tin, id, accountId, coSignedBy, now).ConfigureAwait(false);
        return new MasterDataRelease(id, accountId, coSignedBy, now.WholeSeconds(), null, null);
    }

    private static async Task RecordAsync(WriteTransaction tx, string act, Tin tin, string id, string actor, string? coSignedBy, DateTimeOffset now)
    {
        await AuditTrail.AppendAsync(
            tx, now, new AuditRecord(actor, act, $"operator:{tin}", JsonSerializer.Serialize(new ReleaseAudit(id, coSignedBy), ReleaseAuditJson.Default.ReleaseAudit))).ConfigureAwait(false);
        var name = await tx.ScalarAsync<string>("SELECT legal_name FROM operators WHERE tin = @tin", new { tin = tin.Value }).ConfigureAwait(false);
        await GiveNotice.ExecuteAsync(tx, [NoticeHolder.Of(tin)], act, id, [new("company", name!)], now).ConfigureAwait(false);
    }
}

/// <summary>What the audit trail keeps of it.</summary>
internal sealed record ReleaseAudit(string Id, string? CoSignedBy);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ReleaseAudit))]
internal sealed partial class ReleaseAuditJson : JsonSerializerContext;
