using System.Text.Json;
using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Aeo;

/// <summary>
/// Takes an officers' decision on an AEO component: opens an application, carries it on, grants, suspends, lifts, revokes or
/// ends it. A decision that needs two officers is refused where one made it alone.
/// </summary>
public sealed class ChangeAeoStatus(Database database, TimeProvider time, ProgrammeCatalogue programmes)
{
    private const int MaxLegalGround = 2000;

    private readonly OperatorReader _reader = new(programmes);

    public async Task<Outcome<AeoComponent>> ExecuteAsync(AeoDecision decision, CancellationToken cancellationToken)
    {
        if (Incomplete(decision) is { } incomplete)
        {
            return incomplete;
        }

        return await database.WriteAsync(tx => DecideAsync(tx, decision), cancellationToken).ConfigureAwait(false);
    }

    private async Task<Outcome<AeoComponent>> DecideAsync(WriteTransaction tx, AeoDecision decision)
    {
        await RegisterLock.TakeAsync(tx).ConfigureAwait(false);
        var held = await _reader.FindAsync(tx, decision.Tin).ConfigureAwait(false);
        if (held is null)
        {
            return GetOperator.Unknown;
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
        if (AeoLifecycle.ByOfficers(decision.Act, current?.Status) is not { } way)
        {
            return new Refusal(
                "aeo_transition_not_allowed",
                $"{component.Code} is {current?.Status.ToCode() ?? "not held"}: {decision.Act.ToCode()} is not possible.");
        }

        if (way.Officers == 2 && string.Equals(decision.ProposedBy, decision.ApprovedBy, StringComparison.OrdinalIgnoreCase))
        {
            return new Refusal("aeo_four_eyes", $"{decision.Act.ToCode()} takes two officers: who proposed it cannot approve it.");
        }

        if (!AeoLifecycle.Take(way, current, MoveOf(decision, programme, component)).TryGet(out var next, out var refusal))
        {
            return refusal;
        }

        await RecordAsync(tx, decision, way, next).ConfigureAwait(false);
        return next;
    }

    private async Task RecordAsync(WriteTransaction tx, AeoDecision decision, AeoTransition way, AeoComponent next)
    {
        var now = time.GetUtcNow();
        var step = new AeoStep
        {
            Tin = decision.Tin,
            Act = way.Act,
            From = way.From,
            Component = next,
            LegalGround = decision.LegalGround,
            ProposedBy = decision.ProposedBy,
            ApprovedBy = decision.ApprovedBy,
            RecordedAt = now,
        };
        var details = JsonSerializer.Serialize(
            new AeoStepDetails(next.Programme, next.Component, way.From?.ToCode(), way.To.ToCode(), next.Step),
            RegistrationDetailsJson.Default.AeoStepDetails);
        await AeoHistory.RecordAsync(tx, [step]).ConfigureAwait(false);
        await AuditTrail.AppendAsync(
            tx, now, new AuditRecord(decision.ApprovedBy, $"aeo-{way.Act.ToCode()}", $"operator:{decision.Tin}", details)).ConfigureAwait(false);
    }

    private static Refusal? Incomplete(AeoDecision decision)
    {
        if (PrintableText.Normalise(decision.LegalGround, MaxLegalGround) != decision.LegalGround)
        {
            return Invalid($"legalGround is required: 1 to {MaxLegalGround} printable characters.");
        }

        if (string.IsNullOrWhiteSpace(decision.ProposedBy) || string.IsNullOrWhiteSpace(decision.ApprovedBy))
        {
            return Invalid("The officers are required.");
        }

        if ((decision.Act == AeoAct.Suspend) != (decision.SuspensionGround is not null))
        {
            return Invalid("A suspension, and nothing else, has one of its three grounds.");
        }

        // Lifting restores exactly what the suspension took: only a grant says what is held.
        return decision.Act == AeoAct.Grant
            ? decision.AuthorisationNumber is { } number && AuthorisationNumber.IsValid(number) ? null : Invalid("A grant has an authorisation number.")
            : decision is { AuthorisationNumber: null, Tier: null, EffectiveUntil: null } ? null : Invalid("Only a grant has a number, a tier and an end.");
    }

    private static Refusal Invalid(string detail) => new("aeo_decision_invalid", detail);

    private static AeoMove MoveOf(AeoDecision decision, AeoProgramme programme, AeoProgrammeComponent component) => new()
    {
        Programme = programme.Code,
        Component = component.Code,
        QrCode = component.QrCode,
        Tier = decision.Tier,
        SuspensionGround = decision.SuspensionGround,
        AuthorisationNumber = decision.AuthorisationNumber,
        DecidedOn = decision.DecidedOn,
        EffectiveFrom = decision.EffectiveFrom,
        EffectiveUntil = decision.EffectiveUntil,
    };
}
