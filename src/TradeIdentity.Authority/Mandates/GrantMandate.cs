using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Companies.Signatures;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Mandates;

/// <summary>
/// Grants a mandate, or passes one on. It holds when the representative has accepted. A stolen number is not enough: the grantor's own
/// administrator does it, or the authority with evidence.
/// </summary>
public sealed class GrantMandate(Database database, TimeProvider time)
{
    private const string Insert =
        """
        INSERT INTO mandates (id, parent_id, parents_parent_id, first_of_four_id, level, principal_tin, grantor_tin,
            representative_tin, representative_account, kind, declarations, procedures, places, value_limit, currency,
            further_levels, valid_from, valid_until, evidence, state, granted_by, granted_at)
        VALUES (@Id, @ParentId, @ParentsParentId, @FirstOfFourId, @Level, @PrincipalTin, @GrantorTin,
            @RepresentativeTin, @RepresentativeAccount, @Kind, @Declarations, @Procedures, @Places, @ValueLimit, @Currency,
            @FurtherLevels, @ValidFrom, @ValidUntil, @Evidence, @State, @GrantedBy, @GrantedAt)
        """;

    public async Task<Outcome<MandateChain>> ExecuteAsync(MandateOffer offer, MandateActor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(offer);
        ArgumentNullException.ThrowIfNull(actor);
        var now = time.GetUtcNow();
        return MandateRules.Refuse(offer, now) is { } refusal ? refusal
            : actor.IsAuthority && offer.Evidence is null ? new Refusal("mandate_evidence_missing", "The authority states on what evidence it enters a mandate.")
            : await database.WriteAsync(tx => GrantAsync(tx, offer, actor, now, isCoSigned: false), cancellationToken).ConfigureAwait(false);
    }

    /// <param name="tx">The transaction of the act.</param>
    /// <param name="offer">What is granted.</param>
    /// <param name="actor">By whom.</param>
    /// <param name="now">When.</param>
    /// <param name="isCoSigned">A second member of the grantor has signed it.</param>
    internal static async Task<Outcome<MandateChain>> GrantAsync(WriteTransaction tx, MandateOffer offer, MandateActor actor, DateTimeOffset now, bool isCoSigned)
    {
        if (!await MandateParties.MayBindAsync(tx, actor, offer.Grantor, now).ConfigureAwait(false))
        {
            return new Refusal("mandate_not_yours", "Only an administrator of the grantor, or a member with the power to, acting for it, grants a mandate.");
        }

        if (!isCoSigned && (await MandateParties.RightsAsync(tx, actor, offer.Grantor, now).ConfigureAwait(false))?.IsJoint == true)
        {
            return JointActs.Required;
        }

        if (await RefusePartyAsync(tx, offer).ConfigureAwait(false) is { } party)
        {
            return party;
        }

        var parent = offer.Parent is null ? null : await MandateReader.FindAsync(tx, offer.Parent).ConfigureAwait(false);
        if (offer.Parent is not null && parent is null)
        {
            return MandateReader.Unknown;
        }

        if (parent is not null && MandateRules.RefuseUnder(parent, offer, now) is { } exceeds)
        {
            return exceeds;
        }

        var mandate = new Mandate
        {
            Id = TimeOrderedId.New(now),
            ParentId = parent?.Last.Id,
            Level = parent?.Links.Length ?? 0,
            Principal = parent?.Links[0].Principal ?? offer.Grantor,
            Grantor = offer.Grantor,
            Representative = offer.Representative,
            Kind = offer.Kind,
            Scope = offer.Scope,
            FurtherLevels = offer.FurtherLevels,
            ValidFrom = offer.ValidFrom.WholeSeconds(),
            ValidUntil = offer.ValidUntil.WholeSeconds(),
            Evidence = offer.Evidence,
            State = MandateState.Offered,
            GrantedAt = now.WholeSeconds(),
        };
        await tx.ExecuteAsync(Insert, MandateRow.Of(mandate, parent?.Links ?? [], actor.Name)).ConfigureAwait(false);
        await AuditTrail.AppendAsync(tx, now, MandateAudit.Of("mandate-granted", mandate, actor)).ConfigureAwait(false);
        await MandateNotices.GiveAsync(tx, mandate, "mandate-granted", now).ConfigureAwait(false);
        return new MandateChain([.. parent?.Links ?? [], mandate]);
    }

    private static async Task<Refusal?> RefusePartyAsync(WriteTransaction tx, MandateOffer offer)
    {
        if (await GetOperator.RefuseAsync(tx, offer.Grantor).ConfigureAwait(false) is { } grantor)
        {
            return grantor;
        }

        return offer.Representative switch
        {
            MandateRepresentative.OfOperator entity => await GetOperator.RefuseAsync(tx, entity.Tin).ConfigureAwait(false),
            MandateRepresentative.OfPerson person =>
                await tx.ScalarAsync<string>("SELECT id FROM accounts WHERE id = @AccountId AND disabled_at IS NULL", new { person.AccountId }).ConfigureAwait(false) is null
                    ? new Refusal("account_unknown", "There is no such account.")
                    : null,
            _ => throw new InvalidOperationException("A representative is an operator or a person."),
        };
    }
}
