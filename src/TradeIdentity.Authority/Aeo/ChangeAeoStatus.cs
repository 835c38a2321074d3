using System.Text.Json;
using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Aeo;

/// <summary>
/// Takes a decision on an AEO component: opens an application, carries it on, grants, suspends, lifts, revokes or ends it, on
/// the ways of <see cref="AeoLifecycle"/> and by those whose way it is. One officer takes what takes one; what takes two is
/// proposed (<see cref="ProposeAeoDecision"/>) and approved (<see cref="ApproveAeoProposal"/>).
/// </summary>
public sealed class ChangeAeoStatus(Database database, TimeProvider time, ProgrammeCatalogue programmes)
{
    private const int MaxLegalGround = 2000;

    // Where it is latest, it is already the day after the one of UTC.
    private static readonly TimeSpan EarliestZone = TimeSpan.FromHours(14);

    private readonly OperatorReader _reader = new(programmes);

    /// <summary>As one officer.</summary>
    public async Task<Outcome<AeoComponent>> ExecuteAsync(AeoDecision decision, AeoOfficer officer, CancellationToken cancellationToken) =>
        officer.MayTakeActs
            ? await ExecuteAsync(decision, AeoSignatures.One(AeoDecider.Officer, officer.Id), cancellationToken).ConfigureAwait(false)
            : new Refusal("aeo_officer_required", "This is an act of an AEO officer.");

    internal Task<Outcome<AeoComponent>> ExecuteAsync(AeoDecision decision, AeoSignatures signatures, CancellationToken cancellationToken) =>
        database.WriteAsync(tx => DecideAsync(tx, decision, signatures, null), cancellationToken);

    /// <param name="tx">The transaction of the act.</param>
    /// <param name="decision">What is decided.</param>
    /// <param name="signatures">By whom.</param>
    /// <param name="step">The step of the component for which it was proposed; null: it is decided of what is now.</param>
    internal async Task<Outcome<AeoComponent>> DecideAsync(WriteTransaction tx, AeoDecision decision, AeoSignatures signatures, int? step)
    {
        await RegisterLock.TakeAsync(tx).ConfigureAwait(false);
        if (step is not null && await CurrentStepAsync(tx, decision).ConfigureAwait(false) != step)
        {
            return AeoProposals.Overtaken;
        }

        if (signatures.As != AeoDecider.Holder
            && await AeoOfficers.OwnOperatorAsync(tx, decision.Tin, signatures.ProposedBy, signatures.ApprovedBy).ConfigureAwait(false) is { } own)
        {
            return own;
        }

        if (!(await PrepareAsync(tx, decision, signatures.As).ConfigureAwait(false)).TryGet(out var prepared, out var refusal))
        {
            return refusal;
        }

        await RecordAsync(tx, decision, signatures, prepared.Way, prepared.Next).ConfigureAwait(false);
        return prepared.Next;
    }

    /// <summary>What the decision would do as things are, or why it cannot be taken. Stores nothing.</summary>
    internal async Task<Outcome<PreparedAeoStep>> PrepareAsync(WriteTransaction tx, AeoDecision decision, AeoDecider decider)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        if (Incomplete(decision) is { } incomplete)
        {
            return incomplete;
        }

        // It changes what is held at once, and so says no later day; a grant waits for its first day by itself.
        var latest = DateOnly.FromDateTime((time.GetUtcNow() + EarliestZone).UtcDateTime);
        if (decision.DecidedOn > latest || (decision.Act != AeoAct.Grant && decision.EffectiveFrom > latest))
        {
            return new Refusal("aeo_date_in_future", "Only a grant takes effect later than the day on which it is decided.");
        }

        var held = await _reader.FindAsync(tx, decision.Tin).ConfigureAwait(false);
        if (held is null)
        {
            return GetOperator.Unknown;
        }

        if (GetOperator.Ended(held) is { } ended)
        {
            return ended;
        }

        var programme = decision.Programme is null ? programmes.Of(decision.Tin.Country) : programmes.Find(decision.Programme);
        if (programme?.Find(decision.Component) is not { } component)
        {
            return new Refusal("aeo_component_unknown", "The programme catalogue has no such component.");
        }

        if (decision.Tier is not null && component.Tiers.All(tier => tier.Code != decision.Tier))
        {
            return new Refusal("aeo_tier_unknown", $"{component.Code} has no such tier.");
        }

        var current = held.Aeo.FirstOrDefault(each => each.Programme == programme.Code && each.Component == component.Code);
        if (AeoLifecycle.Find(decision.Act, current?.Status) is not { } way)
        {
            return new Refusal(
                "aeo_transition_not_allowed",
                $"{component.Code} is {current?.Status.ToCode() ?? "not held"}: {decision.Act.ToCode()} is not possible.");
        }

        if (!way.By.HasFlag(decider))
        {
            return NotTheirs(way, decider);
        }

        if (way.Act == AeoAct.Grant && programme.VisitRequired && !await AeoVisits.IsReportedAsync(tx, decision.Tin, current!).ConfigureAwait(false))
        {
            return new Refusal("aeo_visit_required", $"{programme.Code} is granted after an audit visit: record its report first.");
        }

        return AeoLifecycle.Take(way, current, MoveOf(decision, today, programme, component)).Match<Outcome<PreparedAeoStep>>(
            next => new PreparedAeoStep(way, current, next),
            refusal => refusal);
    }

    private static Refusal NotTheirs(AeoTransition way, AeoDecider decider) => decider switch
    {
        AeoDecider.Holder => new Refusal("aeo_act_of_authority", $"{way.Act.ToCode()} is an act of the authority."),
        AeoDecider.Officer when way.TakesTwoOfficers => new Refusal("aeo_four_eyes", $"{way.Act.ToCode()} takes two officers: propose it, and another approves."),
        AeoDecider.TwoOfficers when way.By.HasFlag(AeoDecider.Officer) => new Refusal("aeo_proposal_not_needed", $"{way.Act.ToCode()} takes one officer, who takes it at once."),
        _ => new Refusal("aeo_transition_not_allowed", $"{way.Act.ToCode()} comes from a register only."),
    };

    private async Task<long> CurrentStepAsync(WriteTransaction tx, AeoDecision decision) => await tx.ScalarAsync<long>(
        "SELECT step FROM aeo_components WHERE tin = @Tin AND programme = @Programme AND component = @Component",
        new { Tin = decision.Tin.Value, Programme = decision.Programme ?? programmes.Of(decision.Tin.Country)?.Code, decision.Component }).ConfigureAwait(false);

    private async Task RecordAsync(WriteTransaction tx, AeoDecision decision, AeoSignatures signatures, AeoTransition way, AeoComponent next)
    {
        var now = time.GetUtcNow();
        var step = new AeoStep
        {
            Tin = decision.Tin,
            Act = way.Act,
            From = way.From,
            Component = next,
            LegalGround = decision.LegalGround,
            TakenBy = signatures.As,
            ProposedBy = signatures.ProposedBy,
            ApprovedBy = signatures.ApprovedBy,
            RecordedAt = now,
        };
        var details = JsonSerializer.Serialize(
            new AeoStepDetails(next.Programme, next.Component, way.From?.ToCode(), way.To.ToCode(), next.Step),
            RegistrationDetailsJson.Default.AeoStepDetails);
        await AeoHistory.RecordAsync(tx, [step]).ConfigureAwait(false);
        await AeoRequests.FollowAsync(tx, step, now).ConfigureAwait(false);
        await FollowAeoSteps.ExecuteAsync(tx, [step], now).ConfigureAwait(false);
        await AeoNotices.GiveAsync(tx, step).ConfigureAwait(false);
        await AuditTrail.AppendAsync(
            tx, now, new AuditRecord(signatures.ApprovedBy, $"aeo-{way.Act.ToCode()}", $"operator:{decision.Tin}", details)).ConfigureAwait(false);
    }

    private static Refusal? Incomplete(AeoDecision decision)
    {
        if (PrintableText.Normalise(decision.LegalGround, MaxLegalGround) != decision.LegalGround)
        {
            return Invalid($"legalGround is required: 1 to {MaxLegalGround} printable characters.");
        }

        if ((decision.Act == AeoAct.Suspend) != (decision.SuspensionGround is not null))
        {
            return Invalid("A suspension, and nothing else, has one of its three grounds.");
        }

        // A question has its text and its last day: it is asked by an act of its own.
        if ((decision.Act == AeoAct.AskInformation) != (decision.AnswerBy is not null))
        {
            return Invalid("Information is asked for with a request of its own, which has a text and a last day to answer.");
        }

        // Lifting restores exactly what the suspension took: only a grant says what is held.
        return decision.Act == AeoAct.Grant
            ? decision.AuthorisationNumber is { } number && AuthorisationNumber.IsValid(number) ? null : Invalid("A grant has an authorisation number.")
            : decision is { AuthorisationNumber: null, Tier: null, EffectiveUntil: null } ? null : Invalid("Only a grant has a number, a tier and an end.");
    }

    private static Refusal Invalid(string detail) => new("aeo_decision_invalid", detail);

    private static AeoMove MoveOf(AeoDecision decision, DateOnly today, AeoProgramme programme, AeoProgrammeComponent component) => new()
    {
        Programme = programme.Code,
        Component = component.Code,
        QrCode = component.QrCode,
        Tier = decision.Tier,
        SuspensionGround = decision.SuspensionGround,
        AuthorisationNumber = decision.AuthorisationNumber,
        DecidedOn = decision.DecidedOn ?? today,
        EffectiveFrom = decision.EffectiveFrom,
        EffectiveUntil = decision.EffectiveUntil,
        Clock = programme.Clock,
        AnswerBy = decision.AnswerBy,
    };
}
