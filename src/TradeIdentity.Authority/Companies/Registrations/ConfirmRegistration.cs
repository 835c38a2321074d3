using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Aeo;
using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Notices;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Companies.Registrations;

/// <summary>
/// An officer confirms who an entity is and that the person may act for it: the operator, the person's membership and the settled
/// registration are one transaction. What the officer did not confirm of its numbers stays declared.
/// </summary>
public sealed class ConfirmRegistration(Database database, TimeProvider time, ProgrammeCatalogue programmes, DeclaredEntity declared, GrantMembership grant)
{
    public const int MaxEvidence = 2000;
    public const int MaxSource = 250;

    private readonly OperatorReader _reader = new(programmes);

    public async Task<Outcome<EntityRegistration>> ExecuteAsync(string id, RegistrationDecision decision, string officer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(decision);
        if (!GivenTin.Read(decision.Tin).TryGet(out var tin, out var refusal))
        {
            return refusal;
        }

        if (PrintableText.NormaliseLines(decision.Evidence, MaxEvidence) is not { } evidence)
        {
            return new Refusal("registration_evidence_missing", "State what shows that the person may act for the entity.");
        }

        // Who is let into a registered entity proves nothing of it.
        var source = PrintableText.Normalise(decision.Source ?? "", MaxSource);
        if (!TryParse(decision.ConfirmedBy, out var confirmation) | source is null && !decision.JoinsRegistered)
        {
            return new Refusal("registration_source_missing", "State what confirms the entity (register, document or officer), and its name.");
        }

        var now = time.GetUtcNow();
        return await database.WriteAsync(
            tx => ConfirmAsync(tx, id, tin, decision, new SourceEvidence(source ?? "", now, confirmation, now, null), evidence, officer), cancellationToken).ConfigureAwait(false);
    }

    private async Task<Outcome<EntityRegistration>> ConfirmAsync(
        WriteTransaction tx, string id, Tin tin, RegistrationDecision decision, SourceEvidence source, string evidence, string officer)
    {
        await RegisterLock.TakeAsync(tx).ConfigureAwait(false);
        var registration = await EntityRegistrations.FindAsync(tx, id).ConfigureAwait(false);
        if (await Registrars.RefuseAsync(tx, officer, registration?.AccountId, tin).ConfigureAwait(false) is { } refusal)
        {
            return refusal;
        }

        if (registration is null)
        {
            return EntityRegistrations.Unknown;
        }

        if (!RegistrationState.IsOpen(registration.State))
        {
            return new Refusal("registration_settled", $"The registration is {registration.State}.");
        }

        var isRegistered = await tx.ScalarAsync<string>("SELECT tin FROM operators WHERE tin = @tin", new { tin = tin.Value }).ConfigureAwait(false) is not null;
        if (decision.JoinsRegistered != isRegistered)
        {
            return isRegistered
                ? new Refusal("registration_tin_taken", "The register has an operator with this TIN: let the person join it, or give another TIN.")
                : GetOperator.Unknown;
        }

        if (!isRegistered && await CreateAsync(tx, registration.Entity, tin, decision, source, officer).ConfigureAwait(false) is { } cannot)
        {
            return cannot;
        }

        return await SettleAsync(tx, registration, tin, decision, evidence, officer).ConfigureAwait(false);
    }

    private async Task<Refusal?> CreateAsync(
        WriteTransaction tx, EntityDetails entity, Tin tin, RegistrationDecision decision, SourceEvidence source, string officer)
    {
        if ((decision.ConfirmedSchemes ?? []).Except(entity.Identifiers!.Select(identifier => identifier.Scheme)).Any())
        {
            return new Refusal("registration_scheme_unknown", "Only numbers that the person stated are confirmed.");
        }

        if (!declared.Read(entity, tin).TryGet(out var stated, out var refusal))
        {
            return refusal;
        }

        var said = new SourceEvidence("stated by the entity", source.AssertedAt, null, null, null);
        var facts = stated with
        {
            Evidence = source,
            Identifiers = [.. stated.Identifiers.Select(identifier => identifier with { Evidence = decision.ConfirmedSchemes?.Contains(identifier.Scheme.Code) == true ? source : said })],
        };
        var register = await OperatorRegistration.BeginAsync(tx, _reader, [facts], officer, time.GetUtcNow()).ConfigureAwait(false);
        if (register.Register(facts).Refusal is { } taken)
        {
            return taken;
        }

        await register.WriteAsync().ConfigureAwait(false);
        return null;
    }

    private async Task<Outcome<EntityRegistration>> SettleAsync(
        WriteTransaction tx, EntityRegistration registration, Tin tin, RegistrationDecision decision, string evidence, string officer)
    {
        if (await Memberships.OpenAsync(tx, registration.AccountId, tin, time.GetUtcNow()).ConfigureAwait(false) is not null)
        {
            return new Refusal("registration_member", "The person acts for this entity already.");
        }

        var rights = GrantMembership.Usual(decision.AsAdministrator ? MembershipRoles.All : [MembershipRoles.Representative]);
        if ((await grant.GrantAsync(tx, registration.AccountId, tin, rights, null, officer).ConfigureAwait(false)).Refusal is { } refused)
        {
            return refused;
        }

        var now = time.GetUtcNow();
        await tx.ExecuteAsync(
            "UPDATE entity_registrations SET state = 'confirmed', tin = @tin, evidence = @evidence, settled_by = @officer, settled_at = @now WHERE id = @Id",
            new { registration.Id, tin = tin.Value, evidence, officer, now = now.ToUnixTimeSeconds() }).ConfigureAwait(false);
        await AuditTrail.AppendAsync(tx, now, RegistrationAudit.Of("entity-registration-confirmed", registration.Id, officer, tin.Value)).ConfigureAwait(false);
        string[] told = decision.JoinsRegistered ? [NoticeHolder.Of(registration.AccountId), NoticeHolder.Of(tin)] : [NoticeHolder.Of(registration.AccountId)];
        await GiveNotice.ExecuteAsync(
            tx, told, "registration-confirmed", registration.Id, [new("company", registration.Entity.LegalName), new("tin", tin.Value)], now).ConfigureAwait(false);
        return (await EntityRegistrations.FindAsync(tx, registration.Id).ConfigureAwait(false))!;
    }

    private static bool TryParse(string? code, out Confirmation confirmation)
    {
        (var known, confirmation) = code switch
        {
            "register" => (true, Confirmation.Register),
            "document" => (true, Confirmation.Document),
            "officer" => (true, Confirmation.Officer),
            _ => (false, default),
        };
        return known;
    }
}
